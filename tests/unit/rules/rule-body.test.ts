import { describe, expect, it } from "vitest";
import { parseWith } from "@/lib/http/route";
import { RuleBody } from "@/lib/rules/rule-body";
import { thrown } from "@/tests/support/failure";

const VALID = {
	name: "polite",
	matchType: "SPAN_NAME",
	matchValue: "chat",
	connectionId: "0193a1b2-0000-7000-8000-000000000001",
	evaluatorName: "politeness",
	criteria: "Is it polite?",
};
const parse = (changes: object) => parseWith(RuleBody, { ...VALID, ...changes });
const refusal = (changes: object) => thrown(() => parse(changes)).publicMessage;

describe("RuleBody", () => {
	it("is enabled, from 0 to 1 and without threshold unless told otherwise, by absence or null", () => {
		const defaults = { enabled: true, minScore: 0, maxScore: 1, threshold: null, sampleRate: 1, target: "SPAN" };
		expect(parse({})).toMatchObject(defaults);
		expect(parse({ enabled: null, minScore: null, maxScore: null, threshold: null, matchKey: null })).toMatchObject(
			defaults,
		);
		expect(parse({ enabled: false, minScore: -1, maxScore: 10, threshold: 5 })).toMatchObject({
			enabled: false,
			minScore: -1,
			maxScore: 10,
			threshold: 5,
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
		const { filter } = parse({ matchType: "ATTRIBUTE", matchKey: "http.status" });
		expect(filter).toEqual({ field: "attribute.http.status", op: "=", value: "chat" });
		expect(parse({ matchKey: "ignored" }).filter).toEqual({ field: "name", op: "=", value: "chat" });
	});

	it("keeps the blanks of a value to match, for names are compared exactly", () => {
		expect(parse({ matchValue: " chat " }).filter).toMatchObject({ value: " chat " });
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
		expect(refusal({ matchType: "REGEX" })).toBe("matchType: must be one of SPAN_NAME, ATTRIBUTE, FILTER");
		expect(refusal({ connectionId: "1" })).toBe("connectionId: must be a UUID");
		expect(refusal({ threshold: "0.5" })).toBe("threshold: must be a number");
		expect(refusal({ minScore: Number.POSITIVE_INFINITY })).toMatch(/^minScore: /);
	});

	it("takes a filter as text or as JSON instead of a selector, and says where it is wrong", () => {
		const selector = { matchType: undefined, matchValue: undefined };
		const tree = {
			and: [
				{ field: "name", op: "=", value: "chat" },
				{ field: "cost", op: ">", value: 1 },
			],
		};
		expect(parse({ ...selector, filter: 'name = "chat" and cost > 1' }).filter).toEqual(tree);
		expect(parse({ ...selector, filter: tree }).filter).toEqual(tree);
		expect(refusal({ ...selector, filter: "nam = 1" })).toMatch(/^filter: .*name/);
		expect(refusal({ ...selector, filter: { and: [{ field: "cost", op: ">", value: "x" }] } })).toMatch(
			/^filter\.and\.0\.value: /,
		);
		expect(refusal({ filter: "cost > 1" })).toBe("filter: goes without matchType, matchKey and matchValue");
		expect(refusal({ matchType: "FILTER" })).toBe("filter: is required when matchType is FILTER");
	});

	it("takes an evaluator instead of criteria, with a connection for a model and without one for code", () => {
		const code = { kind: "code", source: "function evaluate() { return 1; }" };
		const { criteria: _, connectionId, ...rest } = VALID;
		expect(parseWith(RuleBody, { ...rest, evaluator: code })).toMatchObject({ evaluator: code, connectionId: null });
		expect(thrown(() => parseWith(RuleBody, { ...rest, connectionId, evaluator: code })).publicMessage).toMatch(
			/^connectionId: /,
		);
		expect(refusal({ evaluator: code })).toBe("criteria: goes without evaluator");
		expect(parse({}).evaluator).toEqual({ kind: "llm_judge", criteria: "Is it polite?", template: null });
	});

	it("keeps shares, budgets and waits within what they can be", () => {
		for (const [field, value] of [
			...[
				["sampleRate", 0],
				["sampleRate", 1.1],
				["dailyBudgetUsd", -1],
				["dailyBudgetCount", 1.5],
			],
			...[
				["settleSeconds", 0],
				["settleSecondsMax", 100_000],
				["priority", 101],
			],
		] as const)
			expect(refusal({ [field]: value })).toMatch(new RegExp(`^${field}: `));
		expect(refusal({ settleSeconds: 60, settleSecondsMax: 30 })).toMatch(/^settleSeconds: /);
	});
});
