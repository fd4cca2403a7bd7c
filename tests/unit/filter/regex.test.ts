import { describe, expect, it } from "vitest";
import { refuseRegex } from "@/lib/filter/regex";

describe("refuseRegex()", () => {
	it.each([
		...[
			"a",
			"^a.*b$",
			"(?i)refund|return",
			"\\d{4}-\\d{2}",
			"[a-z0-9._%+-]+@[a-z]+",
			"\\bword\\b",
			"[^\\s\\]]+",
			"世界+",
			"a*?",
		],
		...["(?:a|b){2,3}", "\\x41\\x{1F44B}", "\\A\\z", "[-a]", "[a-]", "(?i)[а-я]+", "a{,2}", "]", "}", "(a|)*"],
		"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
	])("takes %s", (pattern) => {
		expect(refuseRegex(pattern)).toBeNull();
	});

	it.each([
		...[
			"(?=a)",
			"(?!a)",
			"(?<=a)b",
			"(?<n>a)",
			"(?P<n>a)",
			"(?s).",
			"a(?i)b",
			"(?-i)a",
			"(a)\\1",
			"\\k<n>",
			"\\pL",
			"\\p{Greek}",
		],
		...[
			"\\B",
			"\\C",
			"\\Qa\\E",
			"\\R",
			"\\u0041",
			"\\",
			"[[:alpha:]]",
			"[a",
			"[]a]",
			"[z-a]",
			"(a",
			"a)",
			"*",
			"a**",
			"a{1001}",
		],
		...[
			"((a{100}){100})",
			"\\x{110000}",
			"\\x{d800}",
			"[\\b]",
			"[\\d-z]x[a-\\d]",
			"a\0b",
			"",
			"a".repeat(501),
			"(?i)ꟛ",
			"(?i)[Ā-ɏ]",
		],
	])("refuses %s and says why", (pattern) => {
		expect(refuseRegex(pattern)).toMatch(/./);
	});
});
