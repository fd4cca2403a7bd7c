import { expect, it } from "vitest";
import { versionChanges } from "@/app/p/[project]/rules/[ruleId]/version-changes";
import type { RuleDefinition } from "@/lib/rules/rule";

const FIRST: RuleDefinition = {
	filter: { field: "name", op: "=", value: "chat" },
	target: "SPAN",
	settleSeconds: 30,
	settleSecondsMax: 900,
	sampleRate: 1,
	evaluatorName: "grounded",
	connectionId: "a",
	minScore: 0,
	maxScore: 1,
	threshold: 0.5,
	evaluator: { kind: "llm_judge", criteria: "Be true.", template: null },
};
const nameOf = (id: string) => `judge ${id}`;

it("tells what changed in words, and nothing of what did not", () => {
	const second: RuleDefinition = {
		...FIRST,
		filter: { field: "cost", op: ">", value: 0.01 },
		sampleRate: 0.25,
		threshold: null,
	};
	expect(versionChanges(FIRST, second, nameOf)).toEqual([
		{ what: "Filter", before: 'name = "chat"', after: "cost > $0.01" },
		{ what: "Share", before: "every one", after: "25 %" },
		{ what: "Passes", before: "from 0.5", after: "always" },
	]);
});

it("tells what one kind of evaluator has and the other does not", () => {
	const second: RuleDefinition = {
		...FIRST,
		connectionId: null,
		evaluator: { kind: "assertion", assertion: { type: "max_length", value: 1500 } },
	};
	expect(versionChanges(FIRST, second, nameOf)).toEqual([
		{ what: "Judged by", before: "model", after: "assertion" },
		{ what: "Connection", before: "judge a", after: null },
		{ what: "Criteria", before: "Be true.", after: null },
		{ what: "The output", before: null, after: "has at most 1,500 characters" },
	]);
});

it("says nothing of a window that only traces have", () => {
	expect(versionChanges(FIRST, { ...FIRST, settleSeconds: 60 }, nameOf)).toEqual([]);
	expect(versionChanges(FIRST, { ...FIRST, target: "TRACE" }, nameOf).map(({ what }) => what)).toEqual([
		"Judges",
		"Settles",
	]);
});
