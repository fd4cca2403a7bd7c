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

const LOAD = { senders: 8, batchesEach: 12, spansEach: 5 };
/** What was never announced waits for the sweep, which comes every minute. */
const ENDED_MS = 75_000;

describe.skipIf(!HAS_PROC)("SIGKILL under load", () => {
	let home: AppHome;
	let app: App;
	let judge: FakeJudge;
	let judged: JudgedProject;

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

	/** Starts again at once, on the same data and port, as a service manager would. */
	async function killAll() {
		const below = descendantsOf(app.pid);
		expect(below.length).toBeGreaterThan(0);
		const port = Number(new URL(app.url).port);
		await app.kill();
		app = await startApp({ home, port });
		await eventually(() => expect(below.filter(isAlive)).toEqual([]), { timeoutMs: 10_000 });
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
		for (const { traceId, spans } of batches) {
			const evaluations = await endedEvaluations(app.url, traceId, 1, ENDED_MS);
			expect(evaluations).toMatchObject([{ status: "SUCCEEDED", score: 1 }]);
			const { spans: stored } = await getTrace(app.url, traceId);
			expect(stored.find((span) => span.id === evaluations[0]?.spanId)?.spanId).toBe(spans[0]?.spanId);
		}
		expect(surprises).toEqual([]);
	}

	const KILLS: [string, () => Promise<void>][] = [
		["of the supervisor", killAll],
		["of the web server", () => killChild(app.webPid())],
		["of ClickHouse", () => killChild(app.clickhousePid())],
	];

	it.each(KILLS)(
		"%s loses no acknowledged span, doubles none, and every matched one is judged once",
		async (name, kill) => {
			if (name.includes("ClickHouse") && process.env.CLICKHOUSE_URL) return;
			const load = startLoad({ url: app.url, project: judged.project.name, ...LOAD });
			await load.reached(load.batches.length / 3);
			await kill();
			await load.done;
			await nothingLostOrDoubled(load);
		},
	);

	it("of the supervisor while the judge is being asked: the next start asks again and keeps one score", async () => {
		const sent = llmSpan({ attributes: attributes({ input: "be slow", output: "yes" }) });
		await sendSpans(app.url, [sent], judged.project.name);
		const asked = () => judge.calls.filter((call) => call.prompt.includes("be slow"));
		await eventually(() => expect(asked()).toHaveLength(1));
		expect((await getTrace(app.url, sent.traceId)).evalJobs).toMatchObject([{ status: "CLAIMED", attemptCount: 1 }]);
		await killAll();
		expect(await endedEvaluations(app.url, sent.traceId, 1, ENDED_MS)).toMatchObject([
			{ status: "SUCCEEDED", score: 1, attemptCount: 2 },
		]);
		expect(asked()).toHaveLength(2);
	});
});
