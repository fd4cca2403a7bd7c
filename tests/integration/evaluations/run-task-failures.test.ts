import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { command } from "@/lib/clickhouse/command";
import { sql, string } from "@/lib/clickhouse/sql";
import type { EvaluationTask } from "@/lib/db/generated/client";
import { runTask } from "@/lib/evaluations/run-task";
import { type FakeJudge, type Reply, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { answered, JUDGE_KEY, newConnection, newTask, reload } from "@/tests/support/judging";
import { attributes } from "@/tests/support/otlp-request";
import { ownStores } from "@/tests/support/stores";

ownStores();

let judge: FakeJudge;
afterEach(() => judge?.close());

/** Runs a task until it ends; the waits it asked for. */
async function runToEnd(task: EvaluationTask, timeoutMs = 5000): Promise<number[]> {
	const waits: number[] = [];
	for (;;) {
		const outcome = await runTask({ taskId: task.id, runId: "run", timeoutMs, random: () => 0 });
		if (outcome.status === "ended") return waits;
		waits.push(outcome.afterMs);
		expect((await reload(task)).status).toBe("PENDING");
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
	it.each([400, 401, 404, 408, 429, 302])("fails at the first attempt when the provider answers %i", async (code) => {
		const { task, waits, calls } = await judgedBy([status(code)]);
		expect(task).toMatchObject({ status: "FAILED", attempts: 1, score: null, success: null, claimToken: null });
		expect(task.lastError).toBe(`The model answered HTTP ${code}: no luck`);
		expect(task.completedAt).toBeInstanceOf(Date);
		expect([waits, calls]).toEqual([[], 1]);
	});

	it("succeeds at the third attempt after two of status 500, waiting longer each time", async () => {
		const { task, waits } = await judgedBy([status(500), status(503), verdict(0.9)]);
		expect(task).toMatchObject({ status: "SUCCEEDED", attempts: 3, score: 0.9, lastError: null });
		expect(waits).toEqual([1000, 2000]);
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
			...{ status: "FAILED", attempts: 3, lastError: "The model could not be reached: ECONNREFUSED" },
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
