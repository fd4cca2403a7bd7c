import { describe, expect, it } from "vitest";
import { type CodeError, isCodeError } from "@/lib/checks/code-error";
import { runCode } from "@/lib/checks/run-code";

const SPAN = { input: "a question", output: "an answer", attributes: { "app.user": "u-1" }, spans: [{ name: "chat" }] };

async function refusal(source: string, input: unknown = SPAN, limits?: { timeoutMs: number }): Promise<CodeError> {
	try {
		await runCode(source, input, limits);
	} catch (error) {
		if (isCodeError(error)) return error;
		throw error;
	}
	throw new Error("expected no score");
}

const body = (code: string) => `function evaluate(span) {\n${code}\n}`;

describe("runCode()", () => {
	it.each([
		["a declaration", "function evaluate(span) { return span.output.length }", 9],
		["a default export", "export default function (span) { return span.spans.length }", 1],
		["a named default export", "export default function evaluate(span) { return 0.5 }", 0.5],
		["an arrow function", "const evaluate = (span) => span.attributes['app.user'] === 'u-1'", true],
		["a class's method", "class Evaluator { run() { return 2 } }\nexport default () => new Evaluator().run()", 2],
		["an async function", "async function evaluate(span) { await null; return 0.25 }", 0.25],
		["a module that waits", "const half = await Promise.resolve(0.5);\nfunction evaluate() { return half }", 0.5],
		["a comment at the end", "function evaluate() { return 1 } // done", 1],
	])("runs %s", async (_, source, score) => {
		expect(await runCode(source, SPAN)).toEqual({ score, reason: null });
	});

	it("takes a score with a reason, and nothing but text for one", async () => {
		expect(await runCode(body("return { score: 0.7, reason: 'read ' + span.input }"), SPAN)).toEqual({
			score: 0.7,
			reason: "read a question",
		});
		expect(await runCode(body("return { score: false, reason: 7, more: 1 }"), SPAN)).toEqual({
			score: false,
			reason: null,
		});
	});

	it("hands over and gives back any text as it is", async () => {
		const texts = ["nul \0 nul", "\u2028 'quotes\" \\n `x`", "🦊 ｆｕｌｌ", "\ud800 alone", "</script>", "__proto__"];
		for (const text of texts) {
			const { reason } = await runCode(body("return { score: 1, reason: span.output + span.output.length }"), {
				output: text,
			});
			expect(reason).toBe(`${text}${text.length}`);
		}
		const own = JSON.parse('{"__proto__": {"polluted": 1}, "output": "x"}');
		expect((await runCode(body("return span.polluted === undefined"), own)).score).toBe(true);
	});

	it.each([
		["NaN", "return NaN", "what it gives back is NaN"],
		["infinity", "return { score: 1 / 0 }", "the score that it gives back is Infinity"],
		["an object without a score", "return {}", "the score that it gives back is of type undefined"],
		["a score in text", "return { score: '1' }", "of type string"],
		["text", "return 'good'", "what it gives back is of type string"],
		["nothing", "", "what it gives back is of type undefined"],
		["null", "return null", "what it gives back is of type null"],
		["a big integer", "return 1n", "of type bigint"],
		["a promise of text", "return Promise.resolve('x')", "of type string"],
		["a promise that nothing fulfils", "return new Promise(() => {})", "waits for a promise that nothing fulfils"],
	])("takes %s for no score, and says so", async (_, code, message) => {
		const error = await refusal(body(code));
		expect(error.kind).toBe("bad_result");
		expect(error.message).toContain(message);
	});

	it("says so when the code defines no evaluate", async () => {
		for (const source of ["", "const score = 1", "export default 7", "function other() {}"]) {
			expect(await refusal(source)).toMatchObject({
				kind: "bad_result",
				message: "The code gave no score: it defines no function evaluate(span)",
			});
		}
	});

	it("names the line of a syntax error, and of an unclosed brace the last one", async () => {
		expect(await refusal("function evaluate() {\n\tconst a = 1 +;\n}")).toMatchObject({ kind: "syntax", line: 2 });
		expect(await refusal("function evaluate() {\n\tif (1) {")).toMatchObject({ kind: "syntax", line: 2 });
		expect((await refusal("function evaluate() {\n\treturn @;\n}")).message).toMatch(
			/^The code cannot be read \(line 2\): /,
		);
		expect(await refusal("function evaluate() { return 1 }\0;")).toMatchObject({ kind: "syntax" });
	});

	it("tells what the code threw, where, and at most 300 characters of it", async () => {
		expect(await refusal(body("const a = 1;\nthrow new Error('no order id')"))).toMatchObject({
			kind: "threw",
			line: 3,
			message: "The code failed (line 3): no order id",
		});
		expect(await refusal(body("span.missing.deeper"))).toMatchObject({ kind: "threw", line: 2 });
		expect((await refusal(body("throw 'x'.repeat(5000)"))).message.length).toBeLessThan(350);
		expect(await refusal(body("return Promise.reject(new TypeError('late'))"))).toMatchObject({ kind: "threw" });
		for (const thrown of ["null", "undefined", "{}", "Symbol('s')", "{ get message() { throw 1 } }"]) {
			expect(await refusal(body(`throw ${thrown}`))).toMatchObject({ kind: "threw" });
		}
		expect((await refusal("throw new Error('on load')")).kind).toBe("threw");
	});

	it.each([
		["a loop", "for (;;) {}"],
		["a loop that catches", "for (;;) { try { for (;;) {} } catch {} }"],
		["a loop of promises", "return (async () => { for (;;) await null })()"],
		["a getter that loops", "return { get score() { for (;;) {} } }"],
		["a pattern that backtracks", "return /(a+)+$/.test('a'.repeat(40) + 'b')"],
		["a loop inside the engine", "return [].lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)"],
		["a search inside the engine", "return 'a'.repeat(2 ** 23).indexOf('a'.repeat(2 ** 22) + 'b')"],
	])("ends %s when the time is up, and runs the next code", async (_, code) => {
		const started = performance.now();
		expect(await refusal(body(code), SPAN, { timeoutMs: 200 })).toMatchObject({
			kind: "timeout",
			message: "The code did not end within 200 ms",
		});
		expect(performance.now() - started).toBeLessThan(10_000);
		expect(await runCode(body("return 1"), SPAN)).toEqual({ score: 1, reason: null });
	});

	it.each([
		["an array that doubles", "let a = [1]; for (;;) a = a.concat(a)"],
		["a text that doubles", "let s = 'x'; for (;;) s += s"],
		["many small objects", "const all = []; for (;;) all.push({ n: all.length })"],
		["one huge buffer", "return new Uint8Array(2 ** 30).length"],
	])("ends %s when the memory is used, and runs the next code", async (_, code) => {
		const error = await refusal(body(code), SPAN, { timeoutMs: 30_000 });
		expect(error).toMatchObject({ kind: "memory", line: 2 });
		expect(error.message).toBe("The code needs more than 32 MiB of memory (line 2)");
		expect(await runCode(body("return 1"), SPAN)).toEqual({ score: 1, reason: null });
	});

	it("finds a value that is larger than the memory too large", async () => {
		expect(await refusal(body("return 1"), { output: "x".repeat(40 * 1024 * 1024) })).toMatchObject({ kind: "memory" });
	});

	it.each([
		["calls", "const f = () => f() + 1; return f()"],
		["getters", "const o = { get a() { return this.a } }; return o.a"],
		["nested JSON", "return JSON.parse('['.repeat(100000))"],
		["a proxy of itself", "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x"],
	])("survives recursion without end through %s", async (_, code) => {
		expect(await refusal(body(code), SPAN, { timeoutMs: 30_000 })).toMatchObject({
			kind: "threw",
			message: "The code failed (line 2): it calls itself too deep",
		});
		expect(await runCode(body("return 1"), SPAN)).toEqual({ score: 1, reason: null });
	});

	it("has nothing of the host within reach", async () => {
		const names = [
			"process",
			"require",
			"fetch",
			"setTimeout",
			"console",
			"WebAssembly",
			"Worker",
			"navigator",
			"std",
			"os",
		];
		const code = `const found = ${JSON.stringify(names)}.filter((name) => name in globalThis);
			let escaped = "no";
			try { escaped = typeof globalThis.constructor.constructor("return process")() } catch {}
			try { escaped += typeof evaluate.constructor("return require")() } catch {}
			return { score: found.length, reason: found.join() + escaped }`;
		expect(await runCode(body(code), SPAN)).toEqual({ score: 0, reason: "no" });
		for (const module of ["fs", "node:child_process", "./run-code.ts", "https://example.com/x.js"]) {
			expect(await refusal(`import * as m from "${module}";\nexport default () => 1`)).toMatchObject({
				kind: "syntax",
			});
			expect(await refusal(body(`return import("${module}").then(() => 1)`))).toMatchObject({ kind: "threw" });
		}
	});

	it("is not misled by prototypes that the code changes, and starts anew each time", async () => {
		const games = `JSON.stringify = () => '{"score":9}'; JSON.parse = () => ({}); Object.prototype.score = 5;
			Object.prototype.toJSON = () => "x"; String.prototype.slice = () => "x"; Array.prototype.map = null;
			Function.prototype.call = null; globalThis.left = 1;`;
		expect(await runCode(body(`${games} return { score: 0.5, reason: "kept" }`), SPAN)).toEqual({
			score: 0.5,
			reason: "kept",
		});
		expect((await runCode(body("return typeof left === 'undefined' && ({}).score === undefined"), SPAN)).score).toBe(
			true,
		);
	});

	it("runs calls at once one after the other, each with its own answer", async () => {
		const asked = Array.from({ length: 20 }, (_, n) => runCode(body("return span.n"), { n }));
		expect((await Promise.all(asked)).map(({ score }) => score)).toEqual(Array.from({ length: 20 }, (_, n) => n));
	});

	it("keeps no memory of what it ran", async () => {
		const code = body("const all = []; for (let i = 0; i < 50000; i++) all.push({ i }); return all.length");
		await runCode(code, SPAN);
		const before = process.memoryUsage().rss;
		for (let i = 0; i < 200; i++) await runCode(code, SPAN, { timeoutMs: 30_000 });
		expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
	});
});
