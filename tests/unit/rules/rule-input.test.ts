import { describe, expect, it } from "vitest";
import { parseWith } from "@/lib/http/route";
import { RuleInput } from "@/lib/rules/rule";
import { thrown } from "@/tests/support/failure";

const VALID = {
	name: "polite",
	matchType: "SPAN_NAME",
	matchValue: "chat",
	connectionId: "0193a1b2-0000-7000-8000-000000000001",
	evaluatorName: "politeness",
	criteria: "Is it polite?",
};
const parse = (changes: object) => parseWith(RuleInput, { ...VALID, ...changes });
const refusal = (changes: object) => thrown(() => parse(changes)).publicMessage;

describe("RuleInput", () => {
	it("is enabled, from 0 to 1 and without threshold unless told otherwise, by absence or null", () => {
		const defaults = { enabled: true, minScore: 0, maxScore: 1, threshold: null, matchKey: null };
		expect(parse({})).toMatchObject(defaults);
		expect(parse({ enabled: null, minScore: null, maxScore: null, threshold: null, matchKey: null })).toMatchObject(
			defaults,
		);
		expect(parse({ enabled: false, minScore: -1, maxScore: 10, threshold: 5 })).toMatchObject({
			...{ enabled: false, minScore: -1, maxScore: 10, threshold: 5 },
		});
	});

	it("names each required field that is missing or blank", () => {
		for (const field of ["name", "matchType", "matchValue", "connectionId", "evaluatorName", "criteria"]) {
			expect(refusal({ [field]: undefined })).toMatch(new RegExp(`^${field}: `));
			expect(refusal({ [field]: "  " })).toMatch(new RegExp(`^${field}: `));
		}
	});

	it("wants a key for ATTRIBUTE and forgets one for SPAN_NAME", () => {
		for (const matchKey of [undefined, null, "", "  "]) {
			expect(refusal({ matchType: "ATTRIBUTE", matchKey })).toBe("matchKey: is required when matchType is ATTRIBUTE");
		}
		expect(parse({ matchType: "ATTRIBUTE", matchKey: "http.status" }).matchKey).toBe("http.status");
		expect(parse({ matchKey: "ignored" }).matchKey).toBeNull();
	});

	it("keeps the blanks of a value to match, for names are compared exactly", () => {
		expect(parse({ matchValue: " chat " }).matchValue).toBe(" chat ");
	});

	it("wants the range the right way round", () => {
		for (const range of [
			{ minScore: 1 },
			{ maxScore: 0 },
			{ minScore: 2, maxScore: 2 },
			{ minScore: 5, maxScore: 1 },
		]) {
			expect(refusal(range)).toBe("minScore: must be less than maxScore");
		}
	});

	it("refuses unknown enums, malformed ids and numbers in text", () => {
		expect(refusal({ matchType: "REGEX" })).toBe("matchType: must be one of SPAN_NAME, ATTRIBUTE");
		expect(refusal({ connectionId: "1" })).toBe("connectionId: must be a UUID");
		expect(refusal({ threshold: "0.5" })).toBe("threshold: must be a number");
		expect(refusal({ minScore: Number.POSITIVE_INFINITY })).toMatch(/^minScore: /);
	});
});
