// The thread in which evaluators' code runs: `run-code.ts` starts it, asks it and ends it. JavaScript, for Node loads it as it is.
import { parentPort } from "node:worker_threads";
import variant from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant, Scope } from "quickjs-emscripten-core";

const FILE = "evaluator.js";
const STACK_BYTES = 256 * 1024;
const JOBS_A_TURN = 1000;
// Behind the code, so that its lines keep their numbers: what a mere declaration named `evaluate` is found by.
const SUFFIX = "\n;export const evaluateByName = typeof evaluate === 'undefined' ? undefined : evaluate;";
const MEMORY_MESSAGES = ["out of memory", "string too long", "invalid string length"];
const TOO_DEEP = "it calls itself too deep";

// Runs inside, before the code can change what it uses. Only JSON text leaves: objects may have getters of the code's own, and
// a NUL would end a text.
const READERS = `(() => {
	const { parse, stringify } = JSON;
	const slice = Function.prototype.call.bind(String.prototype.slice);
	const text = (value, max) => (typeof value === "string" ? slice(value, 0, max) : null);
	const scoreOf = (value) => ({
		__proto__: null,
		type: value === null ? "null" : typeof value,
		value: typeof value === "number" ? "" + value : typeof value === "boolean" ? value : null,
	});
	return {
		__proto__: null,
		parse,
		read: (result) => {
			const whole = typeof result !== "object" || result === null;
			const { score, reason } = whole ? { score: result } : result;
			return stringify({ __proto__: null, whole, score: scoreOf(score), reason: text(reason, 10000) });
		},
		describe: (thrown) => {
			const told = { __proto__: null, name: null, message: null, stack: null };
			try {
				if (typeof thrown !== "object" || thrown === null) told.message = text("" + thrown, 300);
				else {
					told.name = text(thrown.name, 100);
					told.message = text(thrown.message, 300);
					told.stack = text(thrown.stack, 2000);
				}
			} catch {}
			return stringify(told);
		},
	};
})()`;

const quickJs = await newQuickJSWASMModuleFromVariant(variant);

parentPort?.on("message", (request) => parentPort?.postMessage(run(request)));
parentPort?.postMessage("ready");

/** `{ score, reason }`, or why there is none: `{ kind, message, line }`; `spoilt` when the thread must not be used again. */
function run({ source, json, timeoutMs, memoryBytes }) {
	const deadline = performance.now() + timeoutMs;
	let late = false;
	try {
		const answer = Scope.withScope((scope) => {
			const runtime = scope.manage(quickJs.newRuntime());
			runtime.setMemoryLimit(memoryBytes);
			runtime.setMaxStackSize(STACK_BYTES);
			runtime.setInterruptHandler(() => {
				late ||= performance.now() > deadline;
				return late;
			});
			return new Sandbox(scope, scope.manage(runtime.newContext())).evaluate(source, json);
		});
		return late ? { kind: "timeout" } : answer;
	} catch (error) {
		// What the host throws has left the engine in the middle of something.
		if (late) return { kind: "timeout", spoilt: true };
		if (error instanceof RangeError) return { kind: "threw", message: TOO_DEEP, spoilt: true };
		return { kind: "memory", spoilt: true };
	}
}

/** Leaves the evaluation with why there is no score. */
class Failure {
	constructor(kind, message = "", line = null) {
		this.reply = { kind, message, line };
	}
}

class Sandbox {
	constructor(scope, context) {
		this.scope = scope;
		this.context = context;
		this.readers = this.open(context.evalCode(READERS), () => new Failure("memory"));
	}

	evaluate(source, json) {
		const { context } = this;
		try {
			const input = this.call(this.member(this.readers, "parse"), this.keep(context.newString(json)));
			const module = this.settle(
				this.open(context.evalCode(source + SUFFIX, FILE, { type: "module" }), (thrown) =>
					this.failure(thrown, source, true),
				),
			);
			const verb = ["default", "evaluateByName"]
				.map((name) => this.member(module, name))
				.find((value) => context.typeof(value) === "function");
			if (!verb) throw new Failure("bad_result", "it defines no function evaluate(span)");
			const result = this.settle(this.call(verb, input));
			return scoreIn(this.read("read", result));
		} catch (error) {
			if (error instanceof Failure) return error.reply;
			throw error;
		}
	}

	keep(handle) {
		return this.scope.manage(handle);
	}

	member(object, name) {
		return this.keep(this.context.getProp(object, name));
	}

	call(verb, argument) {
		return this.open(this.context.callFunction(verb, this.context.undefined, argument), (thrown) =>
			this.failure(thrown),
		);
	}

	open(result, failureOf) {
		if (result.error) throw failureOf(this.keep(result.error));
		return this.keep(result.value);
	}

	/** What a value is once everything that can go on has gone on. */
	settle(value) {
		for (;;) {
			const jobs = this.context.runtime.executePendingJobs(JOBS_A_TURN);
			if (jobs.error) throw this.failure(this.keep(jobs.error));
			if (jobs.value < JOBS_A_TURN) break;
		}
		const state = this.context.getPromiseState(value);
		if (state.type === "pending") {
			throw new Failure("bad_result", "it waits for a promise that nothing fulfils: there is neither time nor network");
		}
		if (state.type === "rejected") throw this.failure(this.keep(state.error));
		return state.notAPromise ? value : this.keep(state.value);
	}

	/** What one of the readers says of a value. */
	read(reader, value) {
		const { context } = this;
		const text = this.call(this.member(this.readers, reader), value);
		return JSON.parse(context.getString(text));
	}

	failure(thrown, source = null, loading = false) {
		const described = this.context.callFunction(this.member(this.readers, "describe"), this.context.undefined, thrown);
		if (described.error) {
			this.keep(described.error);
			return new Failure("memory");
		}
		const { name, message, stack } = JSON.parse(this.context.getString(this.keep(described.value)));
		const line = Number(/evaluator\.js:(\d+)/.exec(stack ?? "")?.[1] ?? 0) || null;
		if (MEMORY_MESSAGES.includes(message)) return new Failure("memory", "", line);
		if (message === "stack overflow") return new Failure("threw", TOO_DEEP, line);
		const said = message || name || "no message";
		const unread = loading && (name === "SyntaxError" || said.startsWith("could not load module"));
		if (unread) return new Failure("syntax", said, line && Math.min(line, source.split("\n").length));
		return new Failure("threw", said, line);
	}
}

function scoreIn({ whole, score, reason }) {
	if (score.type === "boolean") return { score: score.value, reason };
	const what = whole ? "what it gives back" : "the score that it gives back";
	if (score.type !== "number") {
		throw new Failure("bad_result", `${what} is of type ${score.type}, not a number, a boolean or { score, reason }`);
	}
	const number = Number(score.value);
	if (!Number.isFinite(number)) throw new Failure("bad_result", `${what} is ${score.value}`);
	return { score: number, reason };
}
