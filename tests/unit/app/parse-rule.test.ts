import { describe, expect, it } from "vitest";
import { parseRule } from "@/app/p/[project]/rules/parse-rule";

const CONNECTION = "0190a5a0-0000-7000-8000-000000000001";

/** As the form sends it: every kind's fields at once, and only the chosen one's are read. */
const FORM = {
	name: " Grounded ",
	enabled: "on",
	filter: 'name = "chat" and cost > 0.01',
	target: "SPAN",
	settleSeconds: "30",
	settleSecondsMax: "900",
	sampleRate: "7",
	dailyBudgetUsd: "",
	dailyBudgetCount: "",
	priority: "0",
	evaluatorName: "groundedness",
	"evaluator.kind": "llm_judge",
	connectionId: CONNECTION,
	"evaluator.criteria": "True,\r\nand short.",
	"evaluator.template": " ",
	"evaluator.assertion.type": "contains",
	"evaluator.assertion.value": "",
	"evaluator.assertion.pattern": "",
	"evaluator.assertion.flags": "",
	"evaluator.assertion.length": "",
	"evaluator.assertion.schema": "",
	"evaluator.source": "function evaluate(span) { return 1; }",
	minScore: "0",
	maxScore: "1",
	threshold: "0,7",
};

function parse(changes: Partial<Record<keyof typeof FORM | "evaluator.assertion.ignoreCase", string>> = {}) {
	const form = new FormData();
	for (const [name, value] of Object.entries({ ...FORM, ...changes })) form.set(name, value);
	return parseRule(form);
}

function mistakes(changes: Parameters<typeof parse>[0]): Record<string, string> {
	const { refusal } = parse(changes);
	return (refusal && !refusal.ok && refusal.fields) || {};
}

describe("a rule that a model judges", () => {
	it("has its filter as a tree, its share as a part of one, and line ends as they were typed", () => {
		expect(parse().input).toEqual({
			name: "Grounded",
			enabled: true,
			filter: {
				and: [
					{ field: "name", op: "=", value: "chat" },
					{ field: "cost", op: ">", value: 0.01 },
				],
			},
			target: "SPAN",
			settleSeconds: 30,
			settleSecondsMax: 900,
			sampleRate: 0.07,
			dailyBudgetUsd: null,
			dailyBudgetCount: null,
			priority: 0,
			connectionId: CONNECTION,
			evaluatorName: "groundedness",
			evaluator: { kind: "llm_judge", criteria: "True,\nand short.", template: null },
			minScore: 0,
			maxScore: 1,
			threshold: 0.7,
		});
	});

	it("keeps a template", () => {
		const { input } = parse({ "evaluator.template": "{{criteria}}\r\n{{output}}" });
		expect(input?.evaluator).toMatchObject({ template: "{{criteria}}\n{{output}}" });
	});

	it("needs criteria and a connection, said at their fields", () => {
		expect(mistakes({ "evaluator.criteria": " " })).toHaveProperty(["evaluator.criteria"]);
		expect(mistakes({ connectionId: "" })).toEqual({ connectionId: "Is required." });
	});
});

describe("a rule that an assertion judges", () => {
	const assertion = (type: string, changes: Parameters<typeof parse>[0] = {}) =>
		parse({ "evaluator.kind": "assertion", "evaluator.assertion.type": type, ...changes }).input?.evaluator;

	it.each(["contains", "not_contains", "equals"])("%s has a text, and may ignore the case", (type) => {
		expect(assertion(type, { "evaluator.assertion.value": "Refund", "evaluator.assertion.ignoreCase": "on" })).toEqual({
			kind: "assertion",
			assertion: { type, value: "Refund", ignoreCase: true, ...(type === "equals" && { trim: false }) },
		});
	});

	it("each other type has what it asks for and nothing else", () => {
		expect(
			assertion("matches_regex", { "evaluator.assertion.pattern": "^a$", "evaluator.assertion.flags": "i" }),
		).toMatchObject({ assertion: { type: "matches_regex", pattern: "^a$", flags: "i" } });
		expect(assertion("max_length", { "evaluator.assertion.length": "1500" })).toMatchObject({
			assertion: { type: "max_length", value: 1500 },
		});
		expect(assertion("is_json")).toEqual({ kind: "assertion", assertion: { type: "is_json" } });
		expect(assertion("matches_schema", { "evaluator.assertion.schema": '{"type":"object"}' })).toMatchObject({
			assertion: { type: "matches_schema", schema: { type: "object" } },
		});
	});

	it("asks no model, whichever connection the form shows", () => {
		expect(
			parse({ "evaluator.kind": "assertion", "evaluator.assertion.type": "is_json" }).input?.connectionId,
		).toBeNull();
	});

	it("says what is wrong at the field of the chosen type", () => {
		const wrong = (type: string, changes: Parameters<typeof parse>[0] = {}) =>
			mistakes({ "evaluator.kind": "assertion", "evaluator.assertion.type": type, ...changes });
		expect(Object.keys(wrong("contains"))).toEqual(["evaluator.assertion.value"]);
		expect(Object.keys(wrong("max_length"))).toEqual(["evaluator.assertion.length"]);
		expect(Object.keys(wrong("matches_regex", { "evaluator.assertion.pattern": "(" }))).toEqual([
			"evaluator.assertion.pattern",
		]);
		expect(wrong("matches_schema", { "evaluator.assertion.schema": '{"type": }' })).toEqual({
			"evaluator.assertion.schema": expect.stringMatching(/^Malformed schema: invalid JSON at .*column 10/),
		});
	});
});

it("a rule that code judges has its source and no connection", () => {
	const { input } = parse({ "evaluator.kind": "code" });
	expect(input?.evaluator).toEqual({ kind: "code", source: FORM["evaluator.source"] });
	expect(input?.connectionId).toBeNull();
});

it("a trace has a window; a switched-off rule sends no enabled", () => {
	const form = new FormData();
	for (const [name, value] of Object.entries({ ...FORM, target: "TRACE", settleSeconds: "60" })) {
		if (name !== "enabled") form.set(name, value);
	}
	expect(parseRule(form).input).toMatchObject({ target: "TRACE", settleSeconds: 60, enabled: false });
});

it("an empty filter fits everything", () => {
	expect(parse({ filter: " " }).input?.filter).toEqual({ and: [] });
});

it("a filter that cannot be read is refused at its field, with the column", () => {
	expect(mistakes({ filter: 'name = "chat" and cst > 1' })).toEqual({
		filter: expect.stringMatching(/^Column 19: .*cst.*cost/),
	});
});

it.each([
	["sampleRate", "0", /more than 0 and at most 100/],
	["sampleRate", "101", /more than 0 and at most 100/],
	["dailyBudgetUsd", "-1", /negative/],
	["dailyBudgetCount", "1.5", /whole number/],
	["priority", "101", /between -100 and 100/],
	["threshold", "high", /number/],
	["minScore", "2", /less than the highest score/],
	["settleSeconds", "901", /more than the longest wait/],
] as const)("%s = %s is refused at its field", (name, value, words) => {
	expect(mistakes({ [name]: value })).toEqual({ [name]: expect.stringMatching(words) });
});
