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
			[{ arrayValue: { values: [] } }, "[]"],
		];
		for (const [value, text] of texts) expect(derived({ output: value }).output).toBe(text);
	});

	it("knows the attributes of OpenInference", () => {
		const fields = derived({
			...{ "openinference.span.kind": "llm", "llm.provider": "openai", "llm.model_name": "gpt-x" },
			...{ "llm.token_count.prompt": 12, "llm.token_count.completion": "3", "session.id": "s", "user.id": "u" },
		});
		expect(fields).toMatchObject({
			...{ kind: "llm", provider: "openai", requestModel: "gpt-x", responseModel: null },
			...{ inputTokens: 12, outputTokens: 3, sessionId: "s", userId: "u" },
		});
	});

	it("knows OpenTelemetry's GenAI attributes under present and former names", () => {
		const present = { "gen_ai.operation.name": "chat", "gen_ai.provider.name": "aws", "gen_ai.usage.input_tokens": 0 };
		expect(derived(present)).toMatchObject({ kind: "llm", provider: "aws", inputTokens: 0, outputTokens: null });
		const former = { "gen_ai.system": "aws", "gen_ai.usage.prompt_tokens": 7, "gen_ai.request.model": "m" };
		expect(derived(former)).toMatchObject({ kind: "span", provider: "aws", inputTokens: 7, requestModel: "m" });
		expect(derived({ "gen_ai.usage.prompt_tokens": 7, "gen_ai.usage.input_tokens": 5 }).inputTokens).toBe(5);
	});

	it("takes a token count that is no whole number from zero on for unknown", () => {
		for (const count of ["1,024", "-1", 1.5, "", "many", true, { doubleValue: "NaN" } as const, "1e30"]) {
			expect(derived({ "gen_ai.usage.input_tokens": count }).inputTokens).toBeNull();
		}
		expect(derived({ "llm.token_count.prompt": "none", "gen_ai.usage.input_tokens": 4 }).inputTokens).toBe(4);
	});

	it("gives a span of no known dialect the kind span and knows nothing else", () => {
		const nothing = {
			...{ kind: "span", provider: null, requestModel: null, responseModel: null, input: null, output: null },
			...{ inputFrom: null, outputFrom: null, inputTokens: null, outputTokens: null, sessionId: null, userId: null },
		};
		expect(derived({})).toEqual(nothing);
		expect(derived({ "openinference.span.kind": "constructor", __proto__x: 1 })).toEqual(nothing);
	});
});
