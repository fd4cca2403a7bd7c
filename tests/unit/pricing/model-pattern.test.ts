import { describe, expect, it } from "vitest";
import { fitsModelPattern } from "@/lib/pricing/model-pattern";

describe("fitsModelPattern()", () => {
	it.each([
		["gpt-4o", "gpt-4o", true],
		["gpt-4o", "GPT-4O", true],
		["gpt-4o", "gpt-4o-mini", false],
		["gpt-4o", "x-gpt-4o", false],
		["gpt-4o*", "gpt-4o", true],
		["gpt-4o*", "gpt-4o-mini", true],
		["*", "", true],
		["*", "anything", true],
		["*claude*", "us.anthropic.claude-3", true],
		["a*b*c", "abc", true],
		["a*b*c", "aXbYc", true],
		["a*b*c", "acb", false],
		["a*bc*c", "abc", false],
		["ab*ba", "aba", false],
		["ab*ba", "abba", true],
		["a**b", "ab", true],
		["gpt.4o", "gpt-4o", false],
		["(a+)+$", "aaaa", false],
		["(a+)+$", "(a+)+$", true],
	])("%s on %s: %s", (pattern, text, fits) => {
		expect(fitsModelPattern(pattern, text)).toBe(fits);
	});

	it("agrees with a regular expression on short texts", () => {
		const letters = ["a", "b", "*"];
		const words = (length: number, from: string[]): string[] =>
			length === 0 ? [""] : words(length - 1, from).flatMap((word) => from.map((letter) => word + letter));
		for (const pattern of words(4, letters)) {
			const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
			for (const text of words(5, ["a", "b"])) {
				expect([pattern, text, fitsModelPattern(pattern, text)]).toEqual([pattern, text, expected.test(text)]);
			}
		}
	});
});
