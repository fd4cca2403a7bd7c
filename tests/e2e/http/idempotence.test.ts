import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomHex } from "@/lib/ids";
import { startClickhouse } from "@/lib/local/start-clickhouse";
import { type App, startApp } from "@/tests/support/app-server";
import { embeddedClickhouseUrl, runStatements } from "@/tests/support/clickhouse-of";
import { encodeOtlp, encodeOtlpLogs } from "@/tests/support/encode-otlp";
import { eventually } from "@/tests/support/eventually";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { createJudgedProject, createProject, type JudgedProject } from "@/tests/support/judged-project";
import { inProject, type LlmSpan, llmSpan } from "@/tests/support/llm-span";
import {
	anyValue,
	attributes,
	type OtlpLog,
	type OtlpSpan,
	otlpLog,
	otlpLogRequest,
	otlpRequest,
} from "@/tests/support/otlp-request";
import { startPostgres } from "@/tests/support/postgres-server";
import { HAS_PROC } from "@/tests/support/processes";
import { mustCall, post, type TracePageView, type TraceView } from "@/tests/support/rest-client";
import { seededRandom } from "@/tests/support/seeded-random";

const HOUR_NANOS = 3_600_000_000_000n;
const STORED = ["spans", "span_logs", "scores"];
const OPTIMIZE = STORED.map((table) => `OPTIMIZE TABLE ${table} FINAL`);

interface Stand {
	app: App;
	clickhouseUrl: string;
	stop(): Promise<void>;
}

const MODES: Record<string, () => Promise<Stand | string>> = {
	async embedded() {
		if (!HAS_PROC) return "the embedded ClickHouse is only found through /proc";
		const app = await startApp({ env: { CLICKHOUSE_URL: "", DATABASE_URL: "" } });
		return { app, clickhouseUrl: embeddedClickhouseUrl(app), stop: async () => void (await app.stop()) };
	},
	async server() {
		const postgres = await startPostgres();
		if (!postgres) return "no Postgres server is installed (apt-get install postgresql)";
		const dataDir = mkdtempSync(join(tmpdir(), "spanwise-test-"));
		const clickhouse = await startClickhouse({ dataDir });
		const app = await startApp({ env: { CLICKHOUSE_URL: clickhouse.url, DATABASE_URL: postgres.url } });
		return {
			app,
			clickhouseUrl: clickhouse.url,
			async stop() {
				await app.stop();
				await Promise.all([clickhouse.stop(), postgres.stop()]);
				rmSync(dataDir, { recursive: true, force: true });
			},
		};
	},
};

/** One request of a sender. */
type Delivery = { spans: OtlpSpan[] } | { logs: OtlpLog[] };

/** What a program did: everything as it was in the end, and what it told on the way there. */
interface Story {
	traceIds: string[];
	/** As sent by somebody who waits until all is over. */
	once: Delivery[];
	/** As it comes over a bad network, from a program that reports early and often. */
	often: Delivery[];
	/** Spans that a rule judges. */
	judged: number;
}

const MODEL_CALL = {
	"gen_ai.operation.name": "chat",
	"gen_ai.provider.name": "openai",
	"gen_ai.request.model": "gpt-4o",
};
const tokens = (input: number, output: number) => ({
	"gen_ai.usage.input_tokens": input,
	"gen_ai.usage.output_tokens": output,
});

/** An agent with a model call and a tool; one batch, sent three times. */
function repeatedBatch(): Story {
	const root = llmSpan({ name: "agent.run", attributes: attributes({ "session.id": "s-1", "user.id": "u-1" }) });
	const below = { traceId: root.traceId, parentSpanId: root.spanId };
	const spans = [
		root,
		llmSpan({
			...below,
			attributes: attributes({ ...MODEL_CALL, ...tokens(1000, 100), input: "Capital of France?", output: "Paris." }),
		}),
		llmSpan({ ...below, name: "tool.search", attributes: attributes({ "tool.name": "search" }), status: { code: 2 } }),
	];
	return { traceIds: [root.traceId], once: [{ spans }], often: [{ spans }, { spans }, { spans }], judged: 1 };
}

/** A model call that is reported when it starts, in between and in the end, each time with other attributes and tokens. */
function changingSpan(): Story {
	const root = llmSpan({ name: "agent.run", attributes: attributes({ "session.id": "s-2" }) });
	const final = llmSpan({
		traceId: root.traceId,
		parentSpanId: root.spanId,
		attributes: attributes({
			...MODEL_CALL,
			...tokens(2000, 500),
			input: "Tell a story",
			output: "Once upon a time.",
			"app.step": 3,
		}),
	});
	const version = (fields: OtlpSpan, values: object): OtlpSpan => ({
		...final,
		...fields,
		attributes: attributes(values),
	});
	const started = version({ endTimeUnixNano: undefined, status: { code: 2 } }, { ...MODEL_CALL, "app.started": true });
	const halfway = version(
		{ endTimeUnixNano: String(BigInt(final.endTimeUnixNano ?? 0) - 1_000_000n) },
		{ ...MODEL_CALL, ...tokens(2000, 90), input: "Tell a story", output: "Once", "app.step": 2 },
	);
	return {
		traceIds: [root.traceId],
		once: [{ spans: [root, final] }],
		often: [
			{ spans: [started] },
			{ spans: [started, root] },
			{ spans: [halfway] },
			{ spans: [{ ...root, name: "agent.start", attributes: [] }, halfway] },
			{ spans: [final, root] },
			{ spans: [final] },
		],
		judged: 1,
	};
}

/** Spans of one trace hours apart, in requests of their own, with the model's words in log records. */
function longTrace(random: () => number): Story {
	const end = BigInt(Date.now()) * 1_000_000n;
	const at = (hour: number) => ({
		startTimeUnixNano: String(end - BigInt(8 - hour) * HOUR_NANOS),
		endTimeUnixNano: String(end - BigInt(8 - hour) * HOUR_NANOS + 1_000_000_000n),
	});
	const root = llmSpan({ name: "night.shift", ...at(0), endTimeUnixNano: String(end), attributes: [] });
	const below = { traceId: root.traceId, parentSpanId: root.spanId };
	const calls = [1, 3, 5, 7].map((hour) =>
		llmSpan({ ...below, ...at(hour), attributes: attributes({ ...MODEL_CALL, ...tokens(100 * hour, 10) }) }),
	);
	const tools = [2, 4, 6].map((hour) => llmSpan({ ...below, ...at(hour), name: "tool.call", attributes: [] }));
	const logs = calls.map((call, index): OtlpLog[] => wordsOf(call, index));
	const spans = [root, ...calls, ...tools];
	const pieces: Delivery[] = [
		...spans.flatMap((span) => [{ spans: [span] }, { spans: [span] }, { spans: [span, root] }]),
		...logs.flatMap((records) => [
			{ logs: records },
			...records.map((record) => ({ logs: [record] })),
			{ logs: records },
		]),
	];
	return {
		traceIds: [root.traceId],
		once: [{ spans }, { logs: logs.flat() }],
		often: shuffled(pieces, random),
		judged: calls.length,
	};
}

function wordsOf({ traceId, spanId, startTimeUnixNano = "0" }: LlmSpan, index: number): OtlpLog[] {
	const time = (offset: bigint) => String(BigInt(startTimeUnixNano) + offset);
	return [
		otlpLog({
			traceId,
			spanId,
			eventName: "gen_ai.user.message",
			timeUnixNano: time(1n),
			body: anyValue({ content: `Question ${index}?` }),
		}),
		otlpLog({
			traceId,
			spanId,
			eventName: "gen_ai.choice",
			timeUnixNano: time(2n),
			body: anyValue({ index: 0, finish_reason: "stop", message: { content: `Answer ${index}.` } }),
		}),
	];
}

function shuffled<Item>(items: Item[], random: () => number): Item[] {
	return items
		.map((item) => ({ item, place: random() }))
		.sort((a, b) => a.place - b.place)
		.map(({ item }) => item);
}

/** Sends in order, one request after the other, in either encoding. */
async function deliver(url: string, project: string, deliveries: Delivery[], random: () => number): Promise<void> {
	for (const delivery of deliveries) {
		const json = random() < 0.5;
		const headers = { "Content-Type": "application/x-protobuf" };
		if ("spans" in delivery) {
			const request = otlpRequest(delivery.spans, inProject(project));
			const body = encodeOtlp(request) as BodyInit;
			await mustCall(url, "/v1/traces", json ? post(request) : { method: "POST", body, headers });
		} else {
			const request = otlpLogRequest(delivery.logs, inProject(project));
			const body = encodeOtlpLogs(request) as BodyInit;
			await mustCall(url, "/v1/logs", json ? post(request) : { method: "POST", body, headers });
		}
	}
}

interface View {
	list: TracePageView;
	/** What the page of traces shows of each, by trace id. */
	rows: Record<string, string>;
	traces: Record<string, TraceView & { summary: object }>;
	spans: Record<string, unknown[]>;
}

/** Everything that the product tells of a project, once all evaluations have ended. */
async function look(url: string, { project }: JudgedProject, stories: Story[]): Promise<View> {
	const traceIds = stories.flatMap((story) => story.traceIds);
	const view: View = {
		list: await mustCall(url, `/api/v1/traces?projectId=${project.id}`),
		rows: rowsOf(await mustCall<string>(url, `/p/${project.id}/traces?live=off`), project.id),
		traces: {},
		spans: {},
	};
	for (const traceId of traceIds) {
		view.traces[traceId] = await mustCall(url, `/api/v1/traces/${traceId}?projectId=${project.id}`);
		view.spans[traceId] = await mustCall(url, `/api/v1/traces/${traceId}/spans?projectId=${project.id}`);
	}
	// Its name is in every resource.
	return JSON.parse(JSON.stringify(view).replaceAll(project.name, "the project")) as View;
}

function rowsOf(html: string, projectId: string): Record<string, string> {
	const rows: Record<string, string> = {};
	for (const [row] of html.matchAll(/<tr\b.*?<\/tr>/gs)) {
		const traceId = new RegExp(`/p/${projectId}/traces/([0-9a-f]{32})`).exec(row)?.[1];
		if (traceId)
			rows[traceId] = row
				.replace(/<[^>]*>/g, " ")
				.replace(/\s+/g, " ")
				.trim();
	}
	return rows;
}

async function judgedToTheEnd(url: string, { project }: JudgedProject, stories: Story[]): Promise<void> {
	await eventually(
		async () => {
			for (const { traceIds, judged } of stories) {
				const views = traceIds.map((id) => mustCall<TraceView>(url, `/api/v1/traces/${id}?projectId=${project.id}`));
				const jobs = (await Promise.all(views)).flatMap(({ evalJobs }) => evalJobs);
				const ended = jobs.filter(({ completedAt }) => completedAt !== null).length;
				if (ended < judged) throw new Error(`${ended} of ${judged} evaluations have ended`);
			}
		},
		{ timeoutMs: 60_000, intervalMs: 300 },
	);
}

/** The view without what must differ between two projects: whose it is, when it arrived, and ids made from either. */
function comparable({ list, rows, traces, spans }: View) {
	return {
		list: {
			totals: [list.totalElements, list.totalPages, list.content.length],
			rows: Object.fromEntries(
				list.content.map(({ traceId, rootSpanName, spanCount }) => [traceId, { rootSpanName, spanCount }]),
			),
		},
		rows,
		spans,
		traces: Object.fromEntries(
			Object.entries(traces).map(([traceId, { evalJobs, summary, spans: stored, ...trace }]) => {
				const nameOf = new Map(stored.map(({ id, spanId }) => [id, spanId]));
				const { rootSpanName, spanCount } = trace;
				return [
					traceId,
					{
						summary,
						rootSpanName,
						spanCount,
						spans: stored.map(({ id, ...span }) => span),
						evaluations: evalJobs
							.map(({ spanId, status, score, success, reason }) => ({
								spanId: nameOf.get(spanId),
								status,
								score,
								success,
								reason,
							}))
							.sort((a, b) => (String(a.spanId) < String(b.spanId) ? -1 : 1)),
					},
				];
			}),
		),
	};
}

describe.each(Object.keys(MODES))("what is sent again, in parts and in any order, in %s mode", (mode) => {
	const random = seededRandom(20261122);
	const stories = [repeatedBatch(), changingSpan(), longTrace(random), longTrace(random)];
	let missing: string | null = null;
	let stand: Stand;
	let judge: FakeJudge;
	let once: JudgedProject;
	let often: JudgedProject;
	let unmerged: View;

	beforeAll(async () => {
		const started = await MODES[mode]?.();
		if (started === undefined || typeof started === "string") {
			missing = started ?? "no such mode";
			console.warn(`SKIPPED: idempotence in ${mode} mode: ${missing}`);
			return;
		}
		stand = started;
		const { url } = stand.app;
		judge = await startFakeJudge(() => verdict(0.75, "as it should be"));
		[once, often] = [await createJudgedProject(url, judge.url), await createJudgedProject(url, judge.url)];
		await runStatements(stand.clickhouseUrl, ["SYSTEM STOP MERGES"]);
		for (const story of stories) await deliver(url, once.project.name, story.once, random);
		for (const story of stories) await deliver(url, often.project.name, story.often, random);
		for (const project of [once, often]) await judgedToTheEnd(url, project, stories);
		unmerged = await look(url, often, stories);
	}, 300_000);
	afterAll(async () => {
		await judge?.close();
		await stand?.stop();
	});

	it("is a story worth telling: tokens, costs, words and evaluations are there", ({ skip }) => {
		if (missing !== null) skip(missing);
		const { traces, list, rows } = unmerged;
		expect(list.totalElements).toBe(stories.length);
		expect(Object.keys(rows).sort()).toEqual(stories.flatMap(({ traceIds }) => traceIds).sort());
		const [repeated, changed, long] = stories.map(({ traceIds }) => traces[traceIds[0] ?? ""]);
		expect(repeated).toMatchObject({
			spanCount: 3,
			rootSpanName: "agent.run",
			summary: { usage: { input: 1000, output: 100 }, costUsd: 0.0035, llmCount: 1, sessionId: "s-1", errorCount: 1 },
		});
		expect(changed).toMatchObject({
			spanCount: 2,
			rootSpanName: "agent.run",
			summary: { usage: { input: 2000, output: 500 }, costUsd: 0.01, status: "ok", sessionId: "s-2" },
		});
		expect(long).toMatchObject({
			spanCount: 8,
			rootSpanName: "night.shift",
			summary: { usage: { input: 1600, output: 40 }, costUsd: 0.0044, llmCount: 4 },
		});
		expect(long?.spans.map(({ outputText }) => outputText).filter(Boolean)).toEqual(
			[0, 1, 2, 3].map((n) => `Answer ${n}.`),
		);
	});

	it("shows the same as what is sent once, while nothing is merged", async ({ skip }) => {
		if (missing !== null) skip(missing);
		expect(comparable(unmerged)).toEqual(comparable(await look(stand.app.url, once, stories)));
	});

	it("is judged once for each span and rule, with one score", ({ skip }) => {
		if (missing !== null) skip(missing);
		for (const { traceIds, judged } of stories) {
			const jobs = traceIds.flatMap((traceId) => unmerged.traces[traceId]?.evalJobs ?? []);
			expect(new Set(jobs.map(({ spanId }) => spanId)).size).toBe(judged);
			expect(jobs).toHaveLength(judged);
			expect(jobs).toEqual(jobs.map((job) => ({ ...job, status: "SUCCEEDED", score: 0.75, attemptCount: 1 })));
		}
		const spansJudged = stories.reduce((sum, { judged }) => sum + judged, 0);
		expect(judge.calls).toHaveLength(2 * spansJudged);
	});

	it("shows the same, to the last byte and in the same order, once all is merged", async ({ skip }) => {
		if (missing !== null) skip(missing);
		await runStatements(stand.clickhouseUrl, ["SYSTEM START MERGES", ...OPTIMIZE]);
		expect(await look(stand.app.url, often, stories)).toEqual(unmerged);
		await runStatements(stand.clickhouseUrl, ["SYSTEM STOP MERGES"]);
	});

	it("changes nothing when all of it comes once more after the merge", async ({ skip }) => {
		if (missing !== null) skip(missing);
		for (const story of stories) await deliver(stand.app.url, often.project.name, story.once, random);
		expect(comparable(await look(stand.app.url, often, stories))).toEqual(comparable(unmerged));
		await runStatements(stand.clickhouseUrl, ["SYSTEM START MERGES", ...OPTIMIZE]);
		expect(comparable(await look(stand.app.url, often, stories))).toEqual(comparable(unmerged));
	});

	it("is in the books as n stored spans and 2n duplicates after three sends, before and after a merge", async ({
		skip,
	}) => {
		if (missing !== null) skip(missing);
		const { url } = stand.app;
		await runStatements(stand.clickhouseUrl, ["SYSTEM STOP MERGES"]);
		const { name, id } = await createProject(url, `counted-${randomHex(4)}`);
		const spans = Array.from({ length: 7 }, () => llmSpan());
		for (let time = 0; time < 3; time++) await mustCall(url, "/v1/traces", post(otlpRequest(spans, inProject(name))));
		const counts = { received: 21, stored: 7, duplicates: 14, rejected: 0, inFlight: 0, missing: 0, balanced: true };
		for (const statements of [[], ["SYSTEM START MERGES", ...OPTIMIZE, "OPTIMIZE TABLE span_arrivals FINAL"]]) {
			await runStatements(stand.clickhouseUrl, statements);
			for (const project of [name, id]) {
				expect(await mustCall(url, `/api/v1/ingest/health?project=${project}&minutes=60`)).toMatchObject(counts);
			}
		}
	});
});
