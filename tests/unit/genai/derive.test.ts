import { describe, expect, it } from "vitest";
import { derive } from "@/lib/genai/derive";
import { decodeJson } from "@/lib/otlp/decode-json";
import type { AnyValue, KeyValue } from "@/lib/span/any-value";
import { anyValue, otlpSpan } from "@/tests/support/otlp-request";

type Values = Record<string, string | number | boolean | AnyValue>;

function pairs(values: Values): KeyValue[] {
	return Object.entries(values).map(([key, value]) => ({
		key,
		value: typeof value === "object" ? value : anyValue(value),
	}));
}

function derived(span: Values, resource: Values = {}) {
	const spans = [otlpSpan({ attributes: pairs(span) })];
	const request = { resourceSpans: [{ resource: { attributes: pairs(resource) }, scopeSpans: [{ spans }] }] };
	const [reported] = decodeJson(JSON.stringify(request)).spans;
	if (!reported) throw new Error("the span was rejected");
	return derive(reported);
}

const CHAT = { "gen_ai.operation.name": "chat" };
const NO_CLAIMS = { name: null, workflowName: null, input: null, output: null, metadata: null, isRoot: false };
const INPUT_KEYS = ["dokimos.input", "input.value", "gen_ai.prompt", "llm.input", "input", "prompt"];
const OUTPUT_KEYS = ["dokimos.output", "output.value", "gen_ai.completion", "llm.output", "output", "completion"];

describe("derive()", () => {
	it("takes input and output from the documented keys, earlier ones first, and records the key", () => {
		for (const [keys, text, from] of [
			[INPUT_KEYS, "input", "inputFrom"],
			[OUTPUT_KEYS, "output", "outputFrom"],
		] as const) {
			keys.forEach((_, first) => {
				const present = keys.slice(first).reverse();
				const fields = derived(Object.fromEntries(present.map((key) => [key, `text of ${key}`])));
				expect(fields[text]).toBe(`text of ${keys[first]}`);
				expect(fields[from]).toBe(keys[first]);
			});
		}
	});

	it("skips blank values and keeps the first that says something, as it is", () => {
		const fields = derived({ "dokimos.input": "", "input.value": " \n\t", "gen_ai.prompt": {}, input: "  hello " });
		expect(fields).toMatchObject({ input: "  hello ", inputFrom: "input", output: null, outputFrom: null });
	});

	it("reads resource attributes where the span has none of the key, and the span's over them", () => {
		expect(derived({}, { "input.value": "of the resource" }).input).toBe("of the resource");
		expect(derived({ "input.value": "of the span" }, { "input.value": "of the resource" }).input).toBe("of the span");
		expect(derived({ input: "later key" }, { "input.value": "earlier key" }).inputFrom).toBe("input.value");
	});

	it("writes scalars as text and structures as compact JSON", () => {
		const texts: [AnyValue, string][] = [
			[{ boolValue: false }, "false"],
			[{ intValue: "9223372036854775807" }, "9223372036854775807"],
			[{ intValue: "0" }, "0"],
			[{ doubleValue: 0.5 }, "0.5"],
			[{ doubleValue: "NaN" }, "NaN"],
			[{ bytesValue: "AQI=" }, "AQI="],
			[{ arrayValue: { values: [{ stringValue: "a" }, { intValue: "1" }, {}] } }, '["a",1,null]'],
			[{ kvlistValue: { values: [{ key: "role", value: { stringValue: "user" } }] } }, '{"role":"user"}'],
		];
		for (const [value, text] of texts) expect(derived({ output: value }).output).toBe(text);
	});

	it("takes a token count that is no whole number from zero on for unknown", () => {
		for (const count of ["1,024", "-1", -1, 1.5, "", "many", true, { doubleValue: "NaN" } as const, "1e30"]) {
			expect(derived({ ...CHAT, "gen_ai.usage.input_tokens": count }).usage).toBeNull();
		}
		const later = derived({ ...CHAT, "llm.token_count.prompt": 4, "gen_ai.usage.input_tokens": "none" });
		expect(later.usage).toEqual({ input: 4, total: 4 });
		expect(derived({ ...CHAT, "gen_ai.usage.input_tokens": 0 }).usage).toEqual({ input: 0, total: 0 });
	});

	it("never adds up what two names report of one count", () => {
		const both = { ...CHAT, "gen_ai.usage.prompt_tokens": 7, "gen_ai.usage.input_tokens": 5 };
		expect(derived(both).usage).toEqual({ input: 5, total: 5 });
	});

	it("reads conversations from numbered keys alone, not from keys that only begin like them", () => {
		const fields = derived({
			...CHAT,
			"gen_ai.prompt.name": "greeter",
			"gen_ai.prompt.variable.who": "you",
			"gen_ai.prompt.x.role": "user",
			"gen_ai.prompt.2.role": "user",
			"gen_ai.prompt.2.content": "second",
			"gen_ai.prompt.10.role": "user",
			"gen_ai.prompt.10.content": "third",
			"gen_ai.prompt.0.role": "system",
			"gen_ai.prompt.0.content": "first",
		});
		const texts = fields.inputMessages?.flatMap(({ parts }) => parts.map((part) => part.type === "text" && part.text));
		expect(texts).toEqual(["first", "second", "third"]);
		expect(fields).toMatchObject({ promptName: "greeter", metadata: { who: "you" } });
	});

	it("says for each field which key gave it", () => {
		const { provenance } = derived({ ...CHAT, "session.id": "s", "ai.usage.inputTokens": 3, "output.value": "yes" });
		expect(provenance).toMatchObject({
			kind: "gen_ai.operation.name",
			sessionId: "session.id",
			usage: "ai.usage.inputTokens",
			output: "output.value",
			outputText: "output.value",
		});
	});

	it("gives a span of no known dialect the kind span and knows nothing else", () => {
		const unknown: Values[] = [{}, { "openinference.span.kind": "constructor", __proto__x: 1 }];
		for (const attributes of unknown) {
			const { convention, kind, displayName, status, trace, provenance, ...rest } = derived(attributes);
			expect({ kind, status, trace }).toEqual({ kind: "span", status: "ok", trace: NO_CLAIMS });
			expect(Object.values(rest).every((value) => value === null)).toBe(true);
			expect([displayName, Object.keys(provenance)]).toEqual(["chat", ["status"]]);
			expect(["other", "openinference"]).toContain(convention);
		}
	});

	it("survives what a hostile sender writes, in time that grows with its size alone", () => {
		let deep: AnyValue = { stringValue: "bottom" };
		for (let depth = 0; depth < 100; depth++) deep = { kvlistValue: { values: [{ key: "messages", value: deep }] } };
		const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`gen_ai.prompt.${i}.content`, "x"]));
		const hostile: Values[] = [
			{ "gen_ai.input.messages": "x".repeat(200_000) },
			{ "gen_ai.input.messages": `[{"role":"user","parts":[{"type":"text","content":"${"y".repeat(200_000)}` },
			{ "gen_ai.input.messages": "[".repeat(100_000) },
			{ "gen_ai.input.messages": deep, "input.value": deep, metadata: deep, "gen_ai.tool.definitions": deep },
			{
				"gen_ai.input.messages": "\ud800 \0 lone",
				"gen_ai.output.messages": '[{"role":"\\ud800","content":"\\u0000"}]',
			},
			{ "gen_ai.output.messages": '{"__proto__":{"polluted":true},"constructor":{"prototype":1}}' },
			{ metadata: '{"__proto__":{"polluted":true}}', "gen_ai.usage.raw": "{broken", hidden_params: "[1,2" },
			{
				"gen_ai.prompt.999999999999.role": "user",
				"gen_ai.prompt.99999.content": "far",
				"llm.input_messages.-1.x": "",
			},
			many,
		];
		for (const attributes of hostile) {
			const fields = derived({ ...CHAT, ...attributes });
			expect(fields.kind).toBe("llm");
			expect(JSON.stringify(fields)).not.toContain("undefined");
		}
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
		expect(derived({ ...CHAT, ...many }).inputMessages).toHaveLength(5000);
	});
});
