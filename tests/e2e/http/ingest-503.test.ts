import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, answersAgain, startApp } from "@/tests/support/app-server";
import { DOORS } from "@/tests/support/doors";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { llmSpan } from "@/tests/support/llm-span";
import { decodeStatus } from "@/tests/support/otlp-answer";
import { type OtlpSpan, otlpRequest } from "@/tests/support/otlp-request";
import { HAS_PROC } from "@/tests/support/processes";
import { call, type ErrorView, getTrace, post, sendSpans } from "@/tests/support/rest-client";

const UNAVAILABLE = 14;

describe.skipIf(!HAS_PROC || process.env.CLICKHOUSE_URL).each(DOORS)("while ClickHouse is gone, $door", ({ env }) => {
	let app: App;
	beforeAll(async () => {
		app = await startApp({ env });
	});
	afterAll(() => app?.stop());

	const send = (json: OtlpSpan, protobuf: OtlpSpan) => {
		const body = encodeOtlp(otlpRequest([protobuf])) as BodyInit;
		return Promise.all([
			call<ErrorView>(app.url, "/api/v1/traces", post(otlpRequest([json]))),
			fetch(`${app.url}/v1/traces`, { method: "POST", headers: { "Content-Type": "application/x-protobuf" }, body }),
		]);
	};

	it("after it was killed, an export is stored or told to come back, and what comes back is one span", async () => {
		const [asJson, asProtobuf, stored] = [llmSpan(), llmSpan(), llmSpan()];
		await sendSpans(app.url, [stored]);
		process.kill(app.clickhousePid(), "SIGKILL");
		const [first, read, health] = await Promise.all([
			send(asJson, asProtobuf),
			call<ErrorView>(app.url, `/api/v1/traces/${stored.traceId}`),
			call(app.url, "/api/health?deep=1"),
		]);
		for (const { status, headers } of first) {
			if (status !== 200) expect([status, headers.get("retry-after")]).toEqual([503, expect.stringMatching(/^[1-9]/)]);
		}
		// A read survives the restart, or says what is wrong; it never looks as if there were no trace.
		expect([200, 503]).toContain(read.status);
		expect([200, 503]).toContain(health.status);
		expect((await call(app.url, "/api/health")).status).toBe(200);

		await answersAgain(app);
		for (let time = 0; time < 2; time++) {
			for (const { status } of await send(asJson, asProtobuf)) expect(status).toBe(200);
		}
		for (const { traceId } of [asJson, asProtobuf, stored]) {
			expect((await getTrace(app.url, traceId)).spanCount).toBe(1);
		}
	});

	it("while it does not answer, both encodings are told to come back, and what comes back is one span", async () => {
		const [asJson, asProtobuf] = [llmSpan(), llmSpan()];
		const pid = app.clickhousePid();
		process.kill(pid, "SIGSTOP");
		const [json, protobuf] = await send(asJson, asProtobuf).finally(() => process.kill(pid, "SIGCONT"));
		expect([json.status, json.body]).toEqual([
			503,
			{
				error: "Service Unavailable",
				message: expect.stringContaining("ClickHouse"),
				timestamp: expect.any(String),
			},
		]);
		expect([protobuf.status, protobuf.headers.get("content-type")]).toEqual([503, "application/x-protobuf"]);
		expect(decodeStatus(Buffer.from(await protobuf.arrayBuffer())).code).toBe(UNAVAILABLE);
		for (const { headers } of [json, protobuf]) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);

		await answersAgain(app);
		for (const span of [asJson, asProtobuf]) {
			await sendUntilTaken(app.url, post(otlpRequest([span])));
			expect((await getTrace(app.url, span.traceId)).spanCount).toBe(1);
		}
	});

	it("a pause of two seconds is waited for: the request is answered 200 and its span is there", async () => {
		const sent = llmSpan();
		const pid = app.clickhousePid();
		process.kill(pid, "SIGSTOP");
		const answer = call(app.url, "/api/v1/traces", post(otlpRequest([sent])));
		await new Promise((resolve) => setTimeout(resolve, 2000));
		process.kill(pid, "SIGCONT");
		expect((await answer).status).toBe(200);
		expect((await getTrace(app.url, sent.traceId)).spanCount).toBe(1);
	});
});

describe.skipIf(!HAS_PROC)("while the web process starts", () => {
	let app: App;
	beforeAll(async () => {
		app = await startApp();
	});
	afterAll(() => app?.stop());

	it("an export waits or is told to come back, and a sender that repeats loses nothing", async () => {
		process.kill(app.webPid(), "SIGKILL");
		const spans = Array.from({ length: 20 }, () => llmSpan());
		const refusals = await Promise.all(spans.map((span) => sendUntilTaken(app.url, post(otlpRequest([span])))));
		for (const { status, retryAfter } of refusals.flat()) {
			expect(status).toBe(503);
			expect(retryAfter).toBeGreaterThan(0);
		}
		for (const { traceId } of spans) expect((await getTrace(app.url, traceId)).spanCount).toBe(1);
	});
});

/** Repeats as an exporter does, until 200; returns the other answers, where there was somebody to answer. */
async function sendUntilTaken(url: string, init: ReturnType<typeof post>) {
	const refusals: { status: number; retryAfter: number }[] = [];
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
		const answer = await call(url, "/v1/traces", init).catch(() => null);
		if (answer?.status === 200) return refusals;
		if (answer) refusals.push({ status: answer.status, retryAfter: Number(answer.headers.get("retry-after")) });
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error("not taken within a minute");
}
