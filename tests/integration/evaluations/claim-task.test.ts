import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { claimTask } from "@/lib/evaluations/claim-task";
import { listDueTasks, markDispatched } from "@/lib/evaluations/dispatch-tasks";
import { reclaimStaleTasks } from "@/lib/evaluations/reclaim-stale-tasks";
import { runTask } from "@/lib/evaluations/run-task";
import { sleep } from "@/lib/time";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { startHeldJudge } from "@/tests/support/held-judge";
import { newConnection, newTask, reload } from "@/tests/support/judging";
import { ownStores } from "@/tests/support/stores";

ownStores();

const TIMEOUT_MS = 600_000;
const later = (ms: number) => new Date(Date.now() + ms);
const AFTER_TIMEOUT = () => later(TIMEOUT_MS + 60_000);

let judge: FakeJudge | undefined;
afterEach(async () => {
	await judge?.close();
	judge = undefined;
});

async function pending() {
	return (await newTask(await newConnection())).task;
}

const scoresOf = (taskId: string) =>
	query({
		name: "scores of a task",
		sql: sql`SELECT score FROM scores FINAL WHERE toString(evaluation_id) = ${string(taskId)}`,
		row: z.object({ score: z.number() }),
	});

describe("claimTask()", () => {
	it("gives a pending task to exactly one of many", async () => {
		const task = await pending();
		const claims = await Promise.all(
			Array.from({ length: 8 }, (_, run) => claimTask({ taskId: task.id, runId: `run${run}` })),
		);
		expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
		expect(await reload(task)).toMatchObject({ status: "CLAIMED", attempts: 1, claimedAt: expect.any(Date) });
	});

	it("gives a run its own claim back at once, as another attempt under another token", async () => {
		const task = await pending();
		const first = await claimTask({ taskId: task.id, runId: "run" });
		const second = await claimTask({ taskId: task.id, runId: "run" });
		expect(second?.task.attempts).toBe(2);
		expect(second?.token).not.toBe(first?.token);
		expect(await claimTask({ taskId: task.id, runId: "ru" })).toBeNull();
		expect(await claimTask({ taskId: task.id, runId: "run2" })).toBeNull();
	});

	it("gives another run the claim only once it is older than the time-out", async () => {
		const task = await pending();
		await claimTask({ taskId: task.id, runId: "first" });
		expect(await claimTask({ taskId: task.id, runId: "second", now: later(TIMEOUT_MS - 60_000) })).toBeNull();
		expect((await claimTask({ taskId: task.id, runId: "second", now: AFTER_TIMEOUT() }))?.task.attempts).toBe(2);
	});

	it("ends a task that was interrupted on its last attempt", async () => {
		const task = await pending();
		for (let attempt = 0; attempt < 3; attempt++)
			expect(await claimTask({ taskId: task.id, runId: "run" })).not.toBeNull();
		expect(await claimTask({ taskId: task.id, runId: "other" })).toBeNull();
		expect((await reload(task)).status).toBe("CLAIMED");
		expect(await claimTask({ taskId: task.id, runId: "run" })).toBeNull();
		expect(await reload(task)).toMatchObject({
			status: "FAILED",
			attempts: 3,
			lastError: "Interrupted on the last attempt",
			claimToken: null,
			completedAt: expect.any(Date),
		});
	});
});

describe("reclaimStaleTasks()", () => {
	it("returns old claims to pending, to be announced anew, and leaves fresh ones alone", async () => {
		const [stale, fresh] = [await pending(), await pending()];
		await markDispatched([stale.id]);
		await claimTask({ taskId: stale.id, runId: "dead", now: later(-TIMEOUT_MS - 60_000) });
		await claimTask({ taskId: fresh.id, runId: "alive" });
		expect(await reclaimStaleTasks()).toBe(1);
		expect(await reload(stale)).toMatchObject({ status: "PENDING", attempts: 1, claimToken: null, dispatchedAt: null });
		expect((await reload(fresh)).status).toBe("CLAIMED");
		const due = await listDueTasks(stale.connectionId);
		expect(due.dispatches).toMatchObject([{ taskIds: [stale.id] }]);
	});

	it("announces a task that waits when its moment comes, and says when that is", async () => {
		const task = await pending();
		const notBefore = later(60_000);
		await db().evaluationTask.update({ where: { id: task.id }, data: { notBefore } });
		expect(await listDueTasks(task.connectionId)).toEqual({ dispatches: [], nextAt: notBefore });
		expect((await listDueTasks(task.connectionId, notBefore)).dispatches).toMatchObject([{ taskIds: [task.id] }]);
	});

	it("ends an old claim that has no attempt left", async () => {
		const task = await pending();
		await db().evaluationTask.update({
			where: { id: task.id },
			data: { status: "CLAIMED", attempts: 3, claimToken: "dead:1", claimedAt: later(-TIMEOUT_MS - 60_000) },
		});
		expect(await reclaimStaleTasks()).toBe(1);
		expect(await reload(task)).toMatchObject({ status: "FAILED", lastError: "Interrupted on the last attempt" });
		expect(await reclaimStaleTasks()).toBe(0);
	});
});

describe("a run that comes back late", () => {
	/** A task whose first run is answered 0.1 only after a second run has taken the claim and finished with 0.9. */
	async function overtaken() {
		const held = await startHeldJudge();
		const { task } = await newTask(await newConnection({ baseUrl: held.url }));
		const late = runTask({ taskId: task.id, runId: "late" });
		await held.asked;
		await db().evaluationTask.update({ where: { id: task.id }, data: { claimedAt: later(-TIMEOUT_MS - 60_000) } });
		await runTask({ taskId: task.id, runId: "quick" });
		const finished = await reload(task);
		held.answer();
		expect(await late).toEqual({ status: "ended" });
		await held.close();
		return { task, finished };
	}

	it("changes nothing about the task", async () => {
		const { task, finished } = await overtaken();
		expect(finished).toMatchObject({ status: "SUCCEEDED", score: 0.9, attempts: 2 });
		expect(await reload(task)).toEqual(finished);
	});

	it("leaves one score per evaluation", async () => {
		const { task } = await overtaken();
		expect(await scoresOf(task.id)).toHaveLength(1);
	});

	// The score is written before the claim is checked, so the late one replaces it.
	it("does not change the stored score", async () => {
		const { task } = await overtaken();
		expect(await scoresOf(task.id)).toEqual([{ score: 0.9 }]);
	});

	it("changes nothing when it fails", async () => {
		judge = await startFakeJudge((_, earlier) => (earlier === 0 ? "hang" : verdict(0.9)));
		const { task } = await newTask(await newConnection({ baseUrl: judge.url }));
		const late = runTask({ taskId: task.id, runId: "late", timeoutMs: 1500 });
		while (judge.calls.length === 0) await sleep(10);
		await db().evaluationTask.update({ where: { id: task.id }, data: { claimedAt: later(-TIMEOUT_MS - 60_000) } });
		await runTask({ taskId: task.id, runId: "quick" });
		const finished = await reload(task);
		await late;
		expect(finished).toMatchObject({ status: "SUCCEEDED", score: 0.9 });
		expect(await reload(task)).toEqual(finished);
	});
});
