import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { command } from "@/lib/clickhouse/command";
import { sql, string } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import type { EvaluationTask } from "@/lib/db/generated/client";
import { claimTask } from "@/lib/evaluations/claim-task";
import { runTask } from "@/lib/evaluations/run-task";
import { type FakeJudge, type Reply, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { answered, JUDGE_KEY, newConnection, newTask, reload } from "@/tests/support/judging";
import { attributes } from "@/tests/support/otlp-request";
import { ownStores } from "@/tests/support/stores";

ownStores();

let judge: FakeJudge;
afterEach(() => judge?.close());

/** Runs a task until it ends, as if each wait it asked for had passed; the waits. `random` 1 gives the longest ones. */
async function runToEnd(task: EvaluationTask, timeoutMs = 5000, random = 1): Promise<number[]> {
	const waits: number[] = [];
	for (let now = new Date(); ; ) {
		const outcome = await runTask({ taskId: task.id, runId: "run", timeoutMs, random: () => random, now });
		if (outcome.status !== "retry") return waits;
		waits.push(outcome.afterMs);
		const { status, notBefore } = await reload(task);
		expect(status).toBe("PENDING");
		now = notBefore ?? now;
	}
}

/** A task whose judge answers these replies in turn, the last one for ever. */
async function judgedBy(replies: Reply[], span = answered(), timeoutMs?: number) {
	judge = await startFakeJudge((_, earlier) => replies[Math.min(earlier, replies.length - 1)] ?? "hang");
	const { task } = await newTask(await newConnection({ baseUrl: judge.url }), { span });
	const waits = await runToEnd(task, timeoutMs);
	return { task: await reload(task), waits, calls: judge.calls.length };
}

const status = (code: number, message = "no luck"): Reply => ({
	status: code,
	body: JSON.stringify({ error: { message } }),
});

describe("runTask()", () => {
	it.each([
		[400, "refused"],
		[404, "not_found"],
		[302, "refused"],
	])("fails at the first attempt when the provider answers %i", async (code, lastErrorKind) => {
		const { task, waits, calls } = await judgedBy([status(code)]);
		expect(task).toMatchObject({ status: "FAILED", attempts: 1, score: null, success: null, claimToken: null });
		expect(task.lastErrorKind).toBe(lastErrorKind);
		expect(task.lastError).toBe(`The model answered HTTP ${code}: no luck`);
		expect(task.completedAt).toBeInstanceOf(Date);
		expect([waits, calls]).toEqual([[], 1]);
	});

	it("succeeds at the third attempt after two of status 500, waiting longer each time", async () => {
		const { task, waits } = await judgedBy([status(500), status(503), verdict(0.9)]);
		expect(task).toMatchObject({ status: "SUCCEEDED", attempts: 3, score: 0.9, lastError: null, lastErrorKind: null });
		expect(waits).toEqual([2000, 4000]);
	});

	it.each([408, 409, 425, 429, 503])(
		"tries again after %i, when the provider says so and not earlier",
		async (code) => {
			const limited: Reply = { status: code, body: "", headers: { "retry-after": "90.5" } };
			judge = await startFakeJudge((_, earlier) => (earlier < 2 ? limited : verdict(1)));
			const { task } = await newTask(await newConnection({ baseUrl: judge.url }));
			expect(await runToEnd(task, 5000, 0)).toEqual([90_500, 90_500]);
			expect(await reload(task)).toMatchObject({ status: "SUCCEEDED", attempts: 3 });
		},
	);

	it.each([
		[401, undefined, "unauthorised"],
		[402, undefined, "quota"],
		[403, undefined, "unauthorised"],
		[429, "insufficient_quota", "quota"],
	])("blocks the connection after %i (%s), and fails nothing", async (code, reason, lastErrorKind) => {
		const body = JSON.stringify({ error: { message: "no luck", code: reason } });
		const { task, calls } = await judgedBy([{ status: code, body, headers: { "retry-after": "1" } }]);
		expect(task).toMatchObject({ status: "BLOCKED", attempts: 0, lastErrorKind, completedAt: null, claimToken: null });
		expect(task.lastError).toBe(`The model answered HTTP ${code}: no luck`);
		// The attempt, and the test that shows that no other call would succeed either.
		expect(calls).toBe(2);
	});

	it("fails alone when the provider refuses one prompt in the words of a refused key", async () => {
		judge = await startFakeJudge(({ prompt }) => (prompt.includes("an answer") ? status(403, "flagged") : verdict(1)));
		const { task } = await newTask(await newConnection({ baseUrl: judge.url }));
		await runToEnd(task);
		expect(await reload(task)).toMatchObject({ status: "FAILED", attempts: 1, lastErrorKind: "unauthorised" });
	});

	it("buys no second verdict when a crash came between the score and the end of the task", async () => {
		judge = await startFakeJudge(() => verdict(0.7));
		const { task } = await newTask(await newConnection({ baseUrl: judge.url }));
		await runTask({ taskId: task.id, runId: "killed" });
		const interrupted = { status: "CLAIMED", claimToken: "killed:1", score: null, completedAt: null } as const;
		await db().evaluationTask.update({ where: { id: task.id }, data: interrupted });
		expect(await runTask({ taskId: task.id, runId: "killed" })).toEqual({ status: "ended" });
		expect(await reload(task)).toMatchObject({ status: "SUCCEEDED", attempts: 1, score: 0.7, claimToken: null });
		expect(judge.calls).toHaveLength(1);
	});

	it("waits across a crash: whoever comes before the moment is sent away, at no attempt and with no call", async () => {
		const limited: Reply = { status: 429, body: "", headers: { "retry-after": "60" } };
		judge = await startFakeJudge((_, earlier) => (earlier === 0 ? limited : verdict(1)));
		const { task } = await newTask(await newConnection({ baseUrl: judge.url }));
		expect(await runTask({ taskId: task.id, runId: "killed", random: () => 0 })).toEqual({
			status: "retry",
			afterMs: 60_000,
		});
		const waiting = await reload(task);
		expect(waiting).toMatchObject({ status: "PENDING", attempts: 1, lastErrorKind: "rate_limited" });
		for (const runId of ["killed", "other"]) {
			const outcome = await runTask({ taskId: task.id, runId });
			expect(outcome.status === "retry" && outcome.afterMs).toBeGreaterThan(50_000);
			expect(await claimTask({ taskId: task.id, runId: runId })).toBeNull();
		}
		expect(await reload(task)).toEqual(waiting);
		expect(judge.calls).toHaveLength(1);
		const now = waiting.notBefore ?? new Date();
		expect(await runTask({ taskId: task.id, runId: "other", now })).toEqual({ status: "ended" });
		expect(await reload(task)).toMatchObject({ status: "SUCCEEDED", attempts: 2, notBefore: null });
	});

	it("blocks without a call when this server does not call that place", async () => {
		const { task } = await newTask(await newConnection({ baseUrl: "http://169.254.169.254/v1" }));
		expect(await runToEnd(task)).toEqual([]);
		const failed = await reload(task);
		expect(failed).toMatchObject({ status: "BLOCKED", attempts: 0, lastErrorKind: "blocked_by_guard" });
		expect(failed.lastError).toMatch(/^This server does not call 169\.254\.169\.254: it is a link-local address/);
	});

	it("fails after three attempts of status 500, keeping the last error", async () => {
		const { task, calls } = await judgedBy([status(500, "first"), status(500, "second"), status(500, "third")]);
		expect(task).toMatchObject({ status: "FAILED", attempts: 3, lastError: "The model answered HTTP 500: third" });
		expect(calls).toBe(3);
	});

	it("tries again after a time-out, a broken connection and an unreadable reply", async () => {
		for (const reply of ["hang", "reset", { body: "<html>" }, { body: '{"output":[]}' }] satisfies Reply[]) {
			const { task, waits } = await judgedBy([reply, verdict(1)], answered(), 400);
			expect(task).toMatchObject({ status: "SUCCEEDED", attempts: 2 });
			expect(waits).toHaveLength(1);
			await judge.close();
		}
	});

	it("tries again when nobody listens, and says so in the end", async () => {
		const { task } = await newTask(await newConnection({ baseUrl: `http://127.0.0.1:${await closedPort()}/v1` }));
		expect(await runToEnd(task)).toHaveLength(2);
		expect(await reload(task)).toMatchObject({
			status: "FAILED",
			attempts: 3,
			lastError: "The model could not be reached: ECONNREFUSED",
		});
	});

	it("fails without a call when the variable of the credential is not set", async () => {
		judge = await startFakeJudge(() => verdict(1));
		const connection = await newConnection({ baseUrl: judge.url, credentialRef: "SPANWISE_TEST_UNSET" });
		const { task } = await newTask(connection);
		expect(await runToEnd(task)).toEqual([]);
		const failed = await reload(task);
		expect(failed).toMatchObject({ status: "FAILED", attempts: 1 });
		expect(failed.lastError).toContain("SPANWISE_TEST_UNSET");
		expect(judge.calls).toEqual([]);
	});

	it("keeps no key that the provider echoes, and at most 500 characters", async () => {
		const { task } = await judgedBy([{ echoAuthorization: 400 }]);
		expect(task.lastError).toBe("The model answered HTTP 400: invalid request, headers: Authorization [redacted]");
		await judge.close();
		const bare = await judgedBy([status(400, `key ${JUDGE_KEY} is unknown ${"x".repeat(2000)}`)]);
		expect(bare.task.lastError).not.toContain(JUDGE_KEY);
		expect(bare.task.lastError).toHaveLength(500);
	});

	it("keeps nothing of the span's input and output that the provider echoes", async () => {
		const input = 'my private question\nin "two" private lines';
		const span = answered({ attributes: attributes({ input, output: "my private answer" }) });
		const echo = (call: { prompt: string }): Reply => status(400, `cannot process: ${call.prompt}`);
		judge = await startFakeJudge(echo);
		const { task } = await newTask(await newConnection({ baseUrl: judge.url }), { span });
		await runToEnd(task);
		const { lastError } = await reload(task);
		expect(lastError).toContain("cannot process");
		expect(lastError).not.toContain("private");
	});

	it("stores an error with a NUL", async () => {
		const { task } = await judgedBy([status(400, "a\0b")]);
		expect(task.lastError).toBe("The model answered HTTP 400: a\ufffdb");
	});

	it("fails when the span is no longer stored, without a call", async () => {
		judge = await startFakeJudge(() => verdict(1));
		const { task } = await newTask(await newConnection({ baseUrl: judge.url }));
		await command("delete the span", sql`DELETE FROM spans WHERE trace_id = ${string(task.traceId)}`);
		await runToEnd(task);
		expect(await reload(task)).toMatchObject({ status: "FAILED", lastError: "The span is no longer stored" });
		expect(judge.calls).toEqual([]);
	});
});

async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === "object" && address ? address.port : 0;
}
