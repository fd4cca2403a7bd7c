import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "@/tests/support/app-server";
import { eventually } from "@/tests/support/eventually";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { createJudgedProject, endedEvaluations } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { call, listTraces, sendSpans } from "@/tests/support/rest-client";

const RETENTION_DAYS = 0.00005;
const RETENTION_MS = RETENTION_DAYS * 86_400_000;

let app: App;
let judge: FakeJudge;

beforeAll(async () => {
	judge = await startFakeJudge(() => verdict(1));
	app = await startApp({
		// One in each spelling: both are understood.
		env: { SPANWISE_TRACE_RETENTION_DAYS: String(RETENTION_DAYS), DOKIMOS_TRACE_SWEEP_INTERVAL_MS: "2000" },
	});
});
afterAll(async () => {
	await app?.stop();
	await judge?.close();
});

it("a judged trace disappears from list and detail when its time is over", async () => {
	const { project } = await createJudgedProject(app.url, judge.url);
	const sent = llmSpan();
	const sentAt = Date.now();
	await sendSpans(app.url, [sent], project.name);
	const path = `/api/v1/traces/${sent.traceId}`;
	await endedEvaluations(app.url, sent.traceId, 1, RETENTION_MS);
	await eventually(async () => expect((await call(app.url, path)).status).toBe(404), {
		timeoutMs: RETENTION_MS + 1500,
	});
	expect(Date.now() - sentAt).toBeGreaterThanOrEqual(RETENTION_MS);
	expect(await listTraces(app.url, `?projectId=${project.id}`)).toMatchObject({ content: [], totalElements: 0 });
});

it("the sweep removes the rows themselves, and says nothing of trouble", async () => {
	const { project } = await createJudgedProject(app.url, judge.url);
	const sent = llmSpan();
	await sendSpans(app.url, [sent], project.name);
	await endedEvaluations(app.url, sent.traceId, 1, RETENTION_MS);
	await new Promise((resolve) => setTimeout(resolve, RETENTION_MS + 4500));
	// Sent again it is a first arrival, created now, and the same span is judged once more.
	const before = Date.now();
	await sendSpans(app.url, [sent], project.name);
	const [row] = (await listTraces(app.url, `?projectId=${project.id}`)).content;
	expect(Date.parse(row?.createdAt ?? "")).toBeGreaterThanOrEqual(before - 1000);
	expect(await endedEvaluations(app.url, sent.traceId, 1, RETENTION_MS)).toHaveLength(1);
	expect(app.log()).not.toMatch(/error|failed|refused/i);
});
