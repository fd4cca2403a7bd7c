import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, inject, it } from "vitest";
import { closeClickhouse } from "@/lib/clickhouse/client";
import { env } from "@/lib/env";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { runTask } from "@/lib/evaluations/run-task";
import { eventually } from "@/tests/support/eventually";
import { failure } from "@/tests/support/failure";
import { startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { answered, newConnection, newTask, reload } from "@/tests/support/judging";
import { send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

/** Runs `work` while the address of ClickHouse answers nothing but what `answer` says, or not at all. */
async function withoutClickhouse<Value>(work: () => Promise<Value>, answer?: { status: number; type: string }) {
	const server = createServer((request, response) => {
		request.resume();
		if (!answer) return request.socket.destroy();
		const text = `Code: 1. DB::Exception: private row. (${answer.type})`;
		response.writeHead(answer.status, { "X-ClickHouse-Exception-Code": "1" }).end(text);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const settings = env();
	const url = settings.CLICKHOUSE_URL;
	await closeClickhouse();
	settings.CLICKHOUSE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/db`;
	try {
		return await work();
	} finally {
		await closeClickhouse();
		settings.CLICKHOUSE_URL = url;
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
}

describe("an outage of ClickHouse", () => {
	it("before the claim costs no attempt", async () => {
		const judge = await startFakeJudge(() => verdict(1));
		const { task } = await newTask(await newConnection({ baseUrl: judge.url }));
		const error = await withoutClickhouse(() => failure(() => runTask({ taskId: task.id, runId: "run" })));
		expect(error).toMatchObject({ code: "unavailable", retryable: true });
		expect(await reload(task)).toEqual(task);
		expect(judge.calls).toEqual([]);
		await runTask({ taskId: task.id, runId: "run" });
		expect(await reload(task)).toMatchObject({ status: "SUCCEEDED", attempts: 1 });
		await judge.close();
	});

	it("is told to a sender as unavailable, and its repeated request loses and doubles nothing", async () => {
		const { project, task } = await newTask(await newConnection());
		const span = answered({ traceId: task.traceId });
		const error = await withoutClickhouse(() => failure(() => send(project, [span])));
		expect(error).toMatchObject({ code: "unavailable", retryable: true, retryAfterMs: 2000 });
		expect(error.publicMessage).toBe("The span store (ClickHouse) cannot be reached right now");
		// For a second more senders are told to come back, as after any outage.
		expect((await eventually(() => send(project, [span]))).acceptedSpans).toBe(1);
	});

	it("that passes, such as memory running out, is worth trying again; a refused statement is not", async () => {
		const { project } = await newTask(await newConnection());
		const during = (type: string) =>
			withoutClickhouse(() => failure(() => planTasks({ projectId: project.id, overlapMs: 0 })), { status: 500, type });
		expect(await during("MEMORY_LIMIT_EXCEEDED")).toMatchObject({ code: "unavailable" });
		const refused = await during("UNKNOWN_TABLE");
		expect(refused).toMatchObject({ code: "internal", retryable: false });
		expect(refused.message).not.toContain("private");
	});

	it("uses the server of the run otherwise", () => {
		expect(new URL(env().CLICKHOUSE_URL ?? "").host).toBe(new URL(inject("clickhouseUrl")).host);
	});
});
