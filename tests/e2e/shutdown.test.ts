import { afterEach, describe, expect, it } from "vitest";
import { sleep } from "@/lib/time";
import { type App, type AppHome, createHome, startApp } from "@/tests/support/app-server";
import { llmSpan } from "@/tests/support/llm-span";
import { otlpRequest } from "@/tests/support/otlp-request";
import { descendantsOf, HAS_PROC, isAlive } from "@/tests/support/processes";
import { call, getTrace, listTraces, post, type Receipt } from "@/tests/support/rest-client";

const REQUESTS = 8;
const SPANS = 50;

let home: AppHome | undefined;
afterEach(async () => {
	await home?.remove();
	home = undefined;
});

function manySpans() {
	const traceId = llmSpan().traceId;
	return { traceId, spans: Array.from({ length: SPANS }, () => llmSpan({ traceId })) };
}

/** Requests that certainly are under way when the signal arrives, because ClickHouse stands still until then. */
async function stopUnderLoad(app: App, signal: "SIGTERM" | "SIGINT") {
	const requests = Array.from({ length: REQUESTS }, manySpans);
	const below = descendantsOf(app.pid);
	const clickhouse = app.clickhousePid();
	process.kill(clickhouse, "SIGSTOP");
	const answers = requests.map(({ spans }) => call<Receipt>(app.url, "/api/v1/traces", post(otlpRequest(spans))));
	await sleep(1000);
	const code = app.stop(signal);
	await sleep(500);
	process.kill(clickhouse, "SIGCONT");
	return { requests, statuses: (await Promise.all(answers)).map(({ status }) => status), below, code: await code };
}

describe.skipIf(!HAS_PROC || process.env.CLICKHOUSE_URL).each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
	it("answers what is under way, exits 0, leaves no process, and a restart shows all data", async () => {
		home = await createHome();
		const app = await startApp({ home });
		const { requests, statuses, below, code } = await stopUnderLoad(app, signal);
		expect(statuses).toEqual(requests.map(() => 200));
		expect(code).toBe(0);
		expect(below.filter(isAlive)).toEqual([]);

		const next = await startApp({ home });
		for (const { traceId } of requests) {
			expect((await getTrace(next.url, traceId)).spanCount).toBe(SPANS);
		}
		expect((await listTraces(next.url)).totalElements).toBe(REQUESTS);
		expect(await next.stop()).toBe(0);
	});
});
