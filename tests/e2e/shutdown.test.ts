import { afterEach, describe, expect, it } from "vitest";
import { type App, type AppHome, createHome, startApp } from "@/tests/support/app-server";
import { llmSpan } from "@/tests/support/llm-span";
import { attributes, otlpRequest } from "@/tests/support/otlp-request";
import { descendantsOf, HAS_PROC, isAlive } from "@/tests/support/processes";
import { call, getTrace, listTraces, post, type Receipt } from "@/tests/support/rest-client";

const REQUESTS = 12;

let home: AppHome | undefined;
afterEach(async () => {
	await home?.remove();
	home = undefined;
});

/** Spans enough that the request is still under way when the signal arrives. */
function largeRequest() {
	const traceId = llmSpan().traceId;
	const text = "x".repeat(1000);
	return { traceId, spans: Array.from({ length: 200 }, () => llmSpan({ traceId, attributes: attributes({ text }) })) };
}

async function startAndSend(app: App, signal: "SIGTERM" | "SIGINT") {
	const requests = Array.from({ length: REQUESTS }, largeRequest);
	const answers = requests.map(({ spans }) =>
		call<Receipt>(app.url, "/api/v1/traces", post(otlpRequest(spans))).catch((error: Error) => error),
	);
	// Once one is answered all are connected.
	await Promise.race(answers);
	const below = HAS_PROC ? descendantsOf(app.pid) : [];
	const code = await app.stop(signal);
	return { requests, answers: await Promise.all(answers), below, code };
}

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
	it("answers what is under way, exits 0, leaves no process, and a restart shows all data", async () => {
		home = await createHome();
		const app = await startApp({ home });
		const { requests, answers, below, code } = await startAndSend(app, signal);
		expect(code).toBe(0);
		expect(below.filter(isAlive)).toEqual([]);
		expect(answers.map((answer) => (answer instanceof Error ? answer.cause : answer.status))).toEqual(
			answers.map(() => 200),
		);

		const next = await startApp({ home });
		for (const { traceId, spans } of requests) {
			expect((await getTrace(next.url, traceId)).spanCount).toBe(spans.length);
		}
		expect((await listTraces(next.url)).totalElements).toBe(REQUESTS);
		expect(await next.stop()).toBe(0);
	});
});
