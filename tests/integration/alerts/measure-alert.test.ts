import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Alert } from "@/lib/alerts/alert";
import { measureAlert } from "@/lib/alerts/measure-alert";
import { db } from "@/lib/db/client";
import { randomHex } from "@/lib/ids";
import type { Project } from "@/lib/projects/project";
import { writeSpans } from "@/lib/traces/write-spans";
import { endedSpan, giveScores } from "@/tests/support/alerting";
import { newRule } from "@/tests/support/judging";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const NOW = new Date();
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const HOUR = { from: ago(60), to: NOW };
const BEFORE = { from: ago(120), to: ago(60) };

function measure(project: Project, metric: Alert["metric"], ruleId: string | null = null, window = HOUR) {
	return measureAlert({ projectId: project.id, ruleId, metric }, window);
}

describe("scores", () => {
	it("count once an evaluation, by its latest attempt, in the window they were given in", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const [one, two] = [(await newRule(project)).id, (await newRule(project)).id];
		const again = randomUUID();
		await giveScores(project, [
			{ ruleId: one, evaluationId: again, success: false, normalised: 0, at: ago(10), attempt: 1 },
			{ ruleId: one, success: true, normalised: 0.9, at: ago(59) },
			{ ruleId: one, success: false, normalised: 0.2, at: ago(61) },
			{ ruleId: one, success: false, normalised: null, at: ago(5) },
			{ ruleId: two, success: false, normalised: 0.1, at: ago(5) },
		]);
		await giveScores(project, [
			{ ruleId: one, evaluationId: again, success: true, normalised: 0.7, at: ago(9), attempt: 2 },
		]);
		await giveScores(other, [{ success: false, normalised: 0, at: ago(5) }]);
		expect(await measure(project, "PASS_RATE", one)).toEqual({ samples: 2, value: 1 });
		const { samples, value } = await measure(project, "MEAN_SCORE", one);
		expect([samples, value]).toEqual([2, expect.closeTo(0.8, 10)]);
		expect(await measure(project, "PASS_RATE")).toEqual({ samples: 3, value: 2 / 3 });
		expect(await measure(project, "PASS_RATE", one, BEFORE)).toEqual({ samples: 1, value: 0 });
		expect(await measure(project, "PASS_RATE", randomUUID())).toEqual({ samples: 0, value: null });
	});
});

describe("a verdict that took another's place", () => {
	it("counts instead of it, for each rule", async () => {
		const project = await newProject();
		const [one, two] = [(await newRule(project)).id, (await newRule(project)).id];
		const traceId = randomHex(16);
		await giveScores(project, [
			{ ruleId: one, traceId, success: false, normalised: 0, at: ago(20) },
			{ ruleId: one, traceId, success: true, normalised: 0.75, at: ago(10) },
			{ ruleId: two, traceId, success: false, normalised: 0.25, at: ago(30) },
		]);
		expect(await measure(project, "PASS_RATE", one)).toEqual({ samples: 1, value: 1 });
		expect(await measure(project, "MEAN_SCORE", one)).toEqual({ samples: 1, value: 0.75 });
		expect(await measure(project, "PASS_RATE")).toEqual({ samples: 2, value: 0.5 });
	});
});

describe("root spans", () => {
	it("count once each, without children, without the judge's own, in the window they ended in", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const [failed, long] = [
			endedSpan(project, { at: ago(5), status: "error" }),
			endedSpan(project, { at: ago(1), durationMs: 7_200_000 }),
		];
		await writeSpans([
			failed,
			...Array.from({ length: 18 }, () => endedSpan(project, { at: ago(30), durationMs: 100 })),
			long,
			endedSpan(project, { at: ago(30), durationMs: 9000, parentSpanId: "00000000000000ff", status: "error" }),
			endedSpan(project, { at: ago(30), durationMs: 9000, origin: "judge", status: "error" }),
			endedSpan(project, { at: ago(90), status: "error" }),
			endedSpan(other, { at: ago(30), status: "error" }),
		]);
		expect(await measure(project, "ERROR_RATIO")).toEqual({ samples: 20, value: 0.05 });
		expect(await measure(project, "LATENCY_P95")).toEqual({ samples: 20, value: expect.closeTo(7_200_000, 3) });
		// Sent again, mended and of another time: the later version is the span.
		await writeSpans([
			failed,
			{ ...failed, status: "ok" },
			endedSpan(project, { traceId: long.traceId, spanId: long.spanId, at: ago(1) }),
		]);
		expect(await measure(project, "ERROR_RATIO")).toEqual({ samples: 20, value: 0 });
		expect(await measure(project, "LATENCY_P95")).toEqual({ samples: 20, value: expect.closeTo(100, 3) });
		expect(await measure(project, "ERROR_RATIO", null, BEFORE)).toEqual({ samples: 1, value: 1 });
		expect(await measure(await newProject(), "LATENCY_P95")).toEqual({ samples: 0, value: null });
	});
});

describe("cost", () => {
	it("adds up what the calls of a project cost, each once", async () => {
		const project = await newProject();
		const call = (costUsd: number | null, given: object = {}) =>
			endedSpan(project, { at: ago(5), kind: "llm", costUsd, ...given });
		const traceId = randomHex(16);
		const [above, below] = [randomHex(8), randomHex(8)];
		const repeated = call(0.5);
		await writeSpans([
			repeated,
			call(0.25),
			call(1, { traceId, spanId: above }),
			call(1, { traceId, spanId: below, parentSpanId: above }),
			call(3, { kind: "tool" }),
			call(7, { origin: "judge" }),
			call(9, { at: ago(70) }),
		]);
		await writeSpans([repeated]);
		expect(await measure(project, "COST")).toEqual({ samples: 3, value: expect.closeTo(1.75, 10) });
	});

	it("is zero without calls and unknown when no call has a price", async () => {
		const project = await newProject();
		expect(await measure(project, "COST")).toEqual({ samples: 0, value: 0 });
		await writeSpans([endedSpan(project, { at: ago(5), kind: "llm", costUsd: null })]);
		expect(await measure(project, "COST")).toEqual({ samples: 0, value: null });
	});

	it("of a rule is what its judging cost", async () => {
		const project = await newProject();
		const [rule, other] = [await newRule(project), await newRule(project)];
		const task = (ruleId: string, completedAt: Date, costUsd: number | null) => ({
			projectId: project.id,
			ruleId,
			completedAt,
			costUsd,
			model: "judge-model",
			snapshot: {},
			traceId: randomHex(16),
			spanId: randomHex(8),
			expiresAt: new Date(Date.now() + 86_400_000),
		});
		expect(await measure(project, "COST", rule.id)).toEqual({ samples: 0, value: 0 });
		await db().evaluationTask.createMany({ data: [task(rule.id, ago(1), null), task(other.id, ago(1), 5)] });
		expect(await measure(project, "COST", rule.id)).toEqual({ samples: 0, value: null });
		const more = [task(rule.id, ago(1), 0.25), task(rule.id, ago(59), 0.5), task(rule.id, ago(61), 4)];
		await db().evaluationTask.createMany({ data: more });
		expect(await measure(project, "COST", rule.id)).toEqual({ samples: 2, value: 0.75 });
		expect(await measure(project, "COST", rule.id, BEFORE)).toEqual({ samples: 1, value: 4 });
	});
});
