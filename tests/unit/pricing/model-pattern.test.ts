import { describe, expect, it } from "vitest";
import { fitsModelPattern, isModelPattern } from "@/lib/pricing/model-pattern";

describe("isModelPattern()", () => {
	it.each(["gpt-4o", "gpt-4*", "^a$", "a|b", "(?i)x"])("takes %s", (pattern) => {
		expect(isModelPattern(pattern)).toBe(true);
	});

	it.each(["(", "[a", "a{2,1}", "a(?=b)", "?"])("refuses %s, which could fit nothing", (pattern) => {
		expect(isModelPattern(pattern)).toBe(false);
	});
});

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
		["^my-gpt$", "my-gpt", true],
		["^my-gpt$", "MY-GPT", true],
		["^my-gpt$", "my-gpt-2", false],
		["gpt-4o.*", "gpt-4o-mini", true],
		["gpt-4.1", "gpt-4x1", false],
		["gpt-4o(-mini)?$", "openai/gpt-4o-mini", true],
		["claude|gemini", "gemini-2.5-pro", true],
		["(", "(", false],
	])("%s on %s: %s", (pattern, text, fits) => {
		expect(fitsModelPattern(pattern, text)).toBe(fits);
	});

	it("takes no longer for a pattern that other engines choke on", () => {
		expect(fitsModelPattern("(a+)+$", `${"a".repeat(150)}!`)).toBe(false);
		expect(fitsModelPattern("(a|aa)+$", `${"a".repeat(150)}!`)).toBe(false);
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
