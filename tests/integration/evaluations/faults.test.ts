import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { inngest } from "@/inngest/client";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/index";
import { publishDueTasks } from "@/inngest/publish";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { sleep } from "@/lib/time";
import { type FaultyJudge, startFaultyJudge } from "@/tests/support/faulty-judge";
import { answered, newConnection, newRule, tasksOf } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

// The whole flow in this process: real stores, the embedded engine, a judge that fails six times in ten.
const TASKS = Number(process.env.FAULT_TASKS ?? 200);
const LANES = 50;
const ATTEMPTS_MAX = Number(process.env.FAULT_ATTEMPTS ?? 2);
const ENDED = ["SUCCEEDED", "FAILED"];

ownStores({ SPANWISE_JUDGE_TIMEOUT_MS: "1500", SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: String(ATTEMPTS_MAX) });

describe("evaluations under a judge that fails in every way", () => {
	let engine: Engine;
	let judge: FaultyJudge;
	beforeAll(async () => {
		judge = await startFaultyJudge(4);
	});
	afterAll(async () => {
		await engine?.stop();
		await judge?.close();
	});

	it(`all ${TASKS} end, with no more calls than needed, never more at once than allowed, none doubled`, async () => {
		const connection = await newConnection({ baseUrl: judge.url, maxConcurrency: LANES });
		const project = await newProject();
		await newRule(project, { connectionId: connection.id });
		const spans = Array.from({ length: TASKS }, (_, index) => answered({}, { input: `question ${index}` }));
		await send(project, spans);
		engine = await startEngine({ functions: functions(inngest()), jobsMax: LANES + 14 });
		await planTasks({ projectId: project.id, overlapMs: 60_000 });
		await publishDueTasks();
		await untilEnded(project.id);

		const tasks = await tasksOf(project);
		expect(tasks).toHaveLength(TASKS);
		expect(tasks.filter(({ status }) => !ENDED.includes(status))).toEqual([]);
		for (const { status, attempts, score, lastError, lastErrorKind } of tasks) {
			expect(attempts).toBeLessThanOrEqual(ATTEMPTS_MAX);
			if (status === "SUCCEEDED") expect(score).not.toBeNull();
			else {
				expect(attempts).toBe(ATTEMPTS_MAX);
				expect(lastError).toMatch(/HTTP 429: slow down|did not answer within|could not be reached|unreadable/);
				expect(["rate_limited", "timeout", "network", "bad_reply"]).toContain(lastErrorKind);
			}
		}
		// Every call was an attempt or the one repair of an answer without a score.
		const attempts = tasks.reduce((sum, task) => sum + task.attempts, 0);
		expect(judge.calls.length).toBeGreaterThanOrEqual(attempts);
		expect(judge.calls.length).toBeLessThanOrEqual(attempts + judge.faults["bad JSON"]);
		// No call but one that failed makes another one necessary.
		const failing = judge.calls.length - judge.faults.answered;
		expect(judge.calls.length).toBeLessThanOrEqual((TASKS + failing) * 1.1);
		const scores = await query({
			name: "count scores",
			sql: sql`SELECT count() AS scores FROM scores WHERE project_id = ${string(project.id)}`,
			row: z.object({ scores: z.coerce.number() }),
		});
		expect(scores).toEqual([{ scores: tasks.filter(({ status }) => status === "SUCCEEDED").length }]);
		expect(judge.peak()).toBeLessThanOrEqual(LANES);
	}, 600_000);

	async function untilEnded(projectId: string): Promise<void> {
		for (;;) {
			const open = await db().evaluationTask.count({
				where: { projectId, status: { notIn: ["SUCCEEDED", "FAILED"] } },
			});
			if (open === 0) return;
			await sleep(250);
		}
	}
});
