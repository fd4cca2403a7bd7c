import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, type AppHome, answersAgain, createHome, startApp } from "@/tests/support/app-server";
import { eventually } from "@/tests/support/eventually";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { createJudgedProject, endedEvaluations, type JudgedProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { attributes } from "@/tests/support/otlp-request";
import { descendantsOf, HAS_PROC, isAlive } from "@/tests/support/processes";
import { getTrace, sendSpans } from "@/tests/support/rest-client";
import { type Load, startLoad } from "@/tests/support/senders";

const LOAD = { senders: 8, batchesEach: 5, spansEach: 5 };
/** What was never announced waits for the sweep, which comes every minute. */
const ENDED_MS = 75_000;

describe.skipIf(!HAS_PROC)("SIGKILL under load", () => {
	let home: AppHome;
	let app: App;
	let judge: FakeJudge;
	let judged: JudgedProject;
	const loads: Load[] = [];

	beforeAll(async () => {
		home = await createHome();
		app = await startApp({ home });
		// A prompt that says so is answered only the second time.
		judge = await startFakeJudge((call, earlier) =>
			call.prompt.includes("be slow") && !earlier ? "hang" : verdict(1),
		);
		judged = await createJudgedProject(app.url, judge.url);
	});
	afterAll(async () => {
		await app?.stop();
		await judge?.close();
		await home?.remove();
	});

	async function killAndStart({ patient }: { patient: boolean }) {
		const below = descendantsOf(app.pid);
		expect(below.length).toBeGreaterThan(0);
		const port = Number(new URL(app.url).port);
		const noOrphans = () => eventually(() => expect(below.filter(isAlive)).toEqual([]), { timeoutMs: 15_000 });
		await app.kill();
		if (patient) await noOrphans();
		app = await startApp({ home, port });
		await noOrphans();
	}

	async function killChild(pid: number) {
		process.kill(pid, "SIGKILL");
		await eventually(() => expect(isAlive(pid)).toBe(false));
		await answersAgain(app);
	}

	async function nothingLostOrDoubled({ batches, surprises }: Load) {
		for (const { traceId, spans } of batches) {
			const trace = await getTrace(app.url, traceId);
			expect(trace.spans.map((span) => span.spanId).sort()).toEqual(spans.map((span) => span.spanId).sort());
			expect(trace).toMatchObject({ projectId: judged.project.id, spanCount: spans.length });
		}
		expect(surprises).toEqual([]);
	}

	const KILLS: [string, () => Promise<void>][] = [
		// First, because what it interrupts is retried with growing pauses: the others pass meanwhile.
		["of ClickHouse", () => killChild(app.clickhousePid())],
		["of the web server", () => killChild(app.webPid())],
		["of the supervisor", () => killAndStart({ patient: true })],
	];
	const ours = process.env.CLICKHOUSE_URL ? KILLS.slice(1) : KILLS;

	it.each(ours)("%s loses no acknowledged span and doubles none", async (_, kill) => {
		const load = startLoad({ url: app.url, project: judged.project.name, ...LOAD });
		try {
			await load.reached(load.batches.length / 3);
			await kill();
			await load.reached(load.batches.length);
		} finally {
			load.stop();
		}
		loads.push(load);
		await nothingLostOrDoubled(load);
	});

	it("of anything leaves every matched span with exactly one evaluation in the end", async () => {
		for (const { traceId, spans } of loads.flatMap((load) => load.batches)) {
			const evaluations = await endedEvaluations(app.url, traceId, 1, ENDED_MS);
			expect(evaluations).toMatchObject([{ status: "SUCCEEDED", score: 1 }]);
			const { spans: stored } = await getTrace(app.url, traceId);
			expect(stored.find((span) => span.id === evaluations[0]?.spanId)?.spanId).toBe(spans[0]?.spanId);
		}
	});

	it("of the supervisor while the judge is being asked: the next start asks again and keeps one score", async () => {
		const { sent, asked } = await sendSlow("be slow to answer this");
		expect((await getTrace(app.url, sent.traceId)).evalJobs).toMatchObject([{ status: "CLAIMED", attemptCount: 1 }]);
		await killAndStart({ patient: true });
		expect(await endedEvaluations(app.url, sent.traceId, 1, ENDED_MS)).toMatchObject([
			{ status: "SUCCEEDED", score: 1, attemptCount: 2 },
		]);
		expect(asked()).toHaveLength(2);
	});

	it("of the supervisor does not keep the next start from the port: it waits for what still drains", async () => {
		const { sent } = await sendSlow("be slow once more");
		await killAndStart({ patient: false });
		expect((await getTrace(app.url, sent.traceId)).spanCount).toBe(1);
	});

	/** A span whose judge never answers the first call; resolves while that call is open. */
	async function sendSlow(input: string) {
		const sent = llmSpan({ attributes: attributes({ input, output: "yes" }) });
		await sendSpans(app.url, [sent], judged.project.name);
		const asked = () => judge.calls.filter((call) => call.prompt.includes(input));
		await eventually(() => expect(asked()).toHaveLength(1));
		return { sent, asked };
	}
});
