import { describe, expect, it } from "vitest";
import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { runTask } from "@/lib/evaluations/run-task";
import type { Project } from "@/lib/projects/project";
import { expireTraces } from "@/lib/retention/expire-traces";
import { DAY_MS, sleep } from "@/lib/time";
import { findSpan } from "@/lib/traces/find-span";
import { getTrace } from "@/lib/traces/get-trace";
import { listTraces } from "@/lib/traces/list-traces";
import { pageTraces } from "@/lib/traces/page-traces";
import { failure } from "@/tests/support/failure";
import { startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { answered, newConnection, newRule, plan, tasksOf } from "@/tests/support/judging";
import { otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const LIFE_MS = 1500;

/** The moment of arrival that leaves a span this long to live. */
const arrivalFor = (lifeMs: number) => new Date(Date.now() - 30 * DAY_MS + lifeMs);

async function rows(table: "spans" | "scores", project: Project): Promise<number> {
	// A judge's own calls are spans too.
	const from = table === "spans" ? sql`spans WHERE origin != 'judge' AND` : sql`scores WHERE`;
	const where = sql`project_id = ${string(project.id)}`;
	const counted = await query({
		name: "count rows",
		sql: sql`SELECT toUInt32(count()) AS rows FROM ${from} ${where}`,
		row: z.object({ rows: z.number() }),
	});
	return counted[0]?.rows ?? 0;
}

describe("an expired span", () => {
	it("is hidden from every reader at once, before any sweep", async () => {
		const project = await newProject();
		const { traceId = "", spanId = "", ...rest } = otlpSpan();
		await send(project, [{ traceId, spanId, ...rest }], arrivalFor(-1000));
		const projectIds = [project.id];
		expect((await failure(() => getTrace({ projectIds, traceId }))).code).toBe("not_found");
		expect(await findSpan(project.id, traceId, spanId)).toBeNull();
		expect((await listTraces({ projectIds, limit: 5 })).traces).toEqual([]);
		expect(await pageTraces({ projectIds, page: 0, size: 5 })).toEqual({ traces: [], total: 0 });
	});

	it("is not judged and draws no later batch into its project", async () => {
		const project = await newProject();
		await newRule(project);
		const span = answered();
		await send(project, [span], arrivalFor(-1000));
		expect(await plan(project)).toBe(0);
		expect((await send(null, [answered({ traceId: span.traceId })])).projectIds).toEqual([]);
	});

	it("lives again when it is sent again, and its trace lives as long as its newest span", async () => {
		const project = await newProject();
		const span = otlpSpan();
		await send(project, [span], arrivalFor(-1000));
		const now = new Date();
		await send(project, [span], now);
		await send(project, [otlpSpan({ traceId: span.traceId })], arrivalFor(60_000));
		const { summary } = await getTrace({ projectIds: [project.id], traceId: span.traceId ?? "" });
		expect(summary).toMatchObject({ spanCount: 2, expiresAt: new Date(now.getTime() + 30 * DAY_MS) });
	});
});

describe("expireTraces()", () => {
	it("removes spans, scores and evaluations that have expired from both stores, and no others", async () => {
		const judge = await startFakeJudge(() => verdict(1));
		const [old, young] = [await newProject(), await newProject()];
		const { id: connectionId } = await newConnection({ baseUrl: judge.url });
		for (const project of [old, young]) {
			await newRule(project, { connectionId });
			await send(project, [answered()], project === old ? arrivalFor(LIFE_MS) : new Date());
			await plan(project);
			for (const task of await tasksOf(project)) await runTask({ taskId: task.id, runId: "run" });
			expect([await rows("spans", project), await rows("scores", project)]).toEqual([1, 1]);
		}
		await judge.close();
		const [task] = await tasksOf(old);
		await sleep(LIFE_MS);
		expect(await listEvaluations({ projectIds: [old.id], traceIds: [task?.traceId ?? ""] })).toEqual([]);
		for (let sweep = 0; sweep < 2; sweep++) {
			await expireTraces();
			expect([await rows("spans", old), await rows("scores", old), (await tasksOf(old)).length]).toEqual([0, 0, 0]);
			expect([await rows("spans", young), await rows("scores", young), (await tasksOf(young)).length]).toEqual([
				1, 1, 1,
			]);
		}
	});
});
