import { describe, expect, it } from "vitest";
import { ruleVerdicts } from "@/app/p/[project]/traces/rule-verdicts";
import type { Evaluation } from "@/lib/evaluations/evaluation";

const TRACE = "0af7651916cd43dd8448eb211c80319c";

function evaluation(fields: Partial<Evaluation>): Evaluation {
	return {
		id: "e",
		projectId: "p",
		traceId: TRACE,
		spanId: "b7ad6b7169203331",
		ruleId: "r",
		ruleVersion: 1,
		current: true,
		evaluatorName: "helpful",
		status: "SUCCEEDED",
		score: 1,
		normalised: 1,
		minScore: 0,
		maxScore: 1,
		threshold: 0.5,
		success: true,
		reason: null,
		parseFailed: false,
		attempts: 1,
		lastError: null,
		notBefore: null,
		model: null,
		costUsd: null,
		latencyMs: null,
		judgeTraceId: null,
		createdAt: new Date(0),
		completedAt: null,
		...fields,
	};
}

const sampledOut = { projectId: "p", traceId: TRACE, ruleId: "r", evaluatorName: "helpful" };

describe("what the rules say of a trace", () => {
	it.each([
		["failed", { success: false, score: 0.2 }, 0.2],
		["passed", {}, 1],
		["scored", { success: null, threshold: null }, 1],
		["pending", { status: "PENDING", score: null }, null],
		["overBudget", { status: "OVER_BUDGET", score: null }, null],
		["judgeFailed", { status: "FAILED", score: null, lastError: "429" }, null],
		["unreadable", { parseFailed: true, score: null }, null],
	] as const)("tells %s", (state, fields, score) => {
		expect(ruleVerdicts([evaluation(fields)], [])[`p ${TRACE}`]).toMatchObject([{ name: "helpful", state, score }]);
	});

	it("is one verdict a rule, of what somebody should look at first, and counts the rest", () => {
		const verdicts = ruleVerdicts(
			[
				evaluation({ id: "1" }),
				evaluation({ id: "2", success: false, score: 0.1, reason: "rude" }),
				evaluation({ id: "3", success: false, score: 0.3 }),
				evaluation({ id: "4", ruleId: "other", evaluatorName: "brief" }),
			],
			[],
		);
		expect(verdicts[`p ${TRACE}`]).toMatchObject([
			{ name: "helpful", state: "failed", score: 0.1, details: ["2 of 3 spans failed", "rude"] },
			{ name: "brief", state: "passed" },
		]);
	});

	it("says that chance spared it a rule, unless the rule judged it all the same", () => {
		expect(ruleVerdicts([], [sampledOut])[`p ${TRACE}`]).toMatchObject([{ state: "sampledOut", score: null }]);
		expect(ruleVerdicts([evaluation({})], [sampledOut])[`p ${TRACE}`]).toMatchObject([{ state: "passed" }]);
	});
});
