import { describe, expect, it } from "vitest";
import { jsonText, parseLoose } from "@/lib/genai/messages/json-value";

describe("parseLoose()", () => {
	it("parses text that opens an object, a list or a string", () => {
		expect(parseLoose('{"a":1}')).toEqual({ value: { a: 1 }, parsed: true });
		expect(parseLoose(' \n\t[1, "b"] ')).toEqual({ value: [1, "b"], parsed: true });
		expect(parseLoose('"quoted"')).toEqual({ value: "quoted", parsed: true });
	});

	it("leaves every other text as it is, and what was cut", () => {
		for (const text of [
			"",
			" ",
			"4",
			"true",
			"null",
			"-1e5",
			"hi",
			'{"a":',
			"[1,",
			'"open',
			"{not json}",
			"[TRUNCATED]",
		]) {
			expect(parseLoose(text)).toEqual({ value: text, parsed: false });
		}
	});

	it("leaves text alone that nests too deep to be written again", () => {
		for (const depth of [300, 5000, 200_000]) {
			const text = "[".repeat(depth) + "]".repeat(depth);
			expect(parseLoose(text)).toEqual({ value: text, parsed: false });
		}
		const deep = `${'{"a":'.repeat(200)}1${"}".repeat(200)}`;
		expect(jsonText(parseLoose(deep).value)).toBe(deep);
	});

	it("pollutes no prototype", () => {
		const { value } = parseLoose('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
		expect(jsonText(value)).toContain("polluted");
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

describe("jsonText()", () => {
	it("is text as it is and compact JSON of the rest", () => {
		expect(jsonText("a b")).toBe("a b");
		expect(jsonText({ a: [1, null, "x"] })).toBe('{"a":[1,null,"x"]}');
		expect(jsonText(0)).toBe("0");
		expect(jsonText(undefined)).toBe("");
	});
});
