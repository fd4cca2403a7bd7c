import { describe, expect, it } from "vitest";
import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";
import { readFilterText } from "@/lib/filter/filter-text";
import { deleteTraces } from "@/lib/retention/delete-traces";
import { chartTraces } from "@/lib/traces/chart-traces";
import { countFacets } from "@/lib/traces/count-facets";
import { LINE_COLUMNS } from "@/lib/traces/line-columns";
import { listGroups } from "@/lib/traces/list-groups";
import { listSpanLines } from "@/lib/traces/list-span-lines";
import { listSpans } from "@/lib/traces/list-spans";
import { listTraces } from "@/lib/traces/list-traces";
import { attributes, type OtlpSpan, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const START_MS = Date.now() - 600_000;
const MINUTE_MS = 60_000;

function nanosAt(minute: number): string {
	return String(BigInt(START_MS + minute * MINUTE_MS) * 1_000_000n);
}

/** A trace that starts at a minute: a root and as many model calls a second later, of `model`. */
function trace(minute: number, { model = "gpt-4o", failed = false, session = "", calls = 1, text = "hello" } = {}) {
	const start = BigInt(nanosAt(minute));
	const root: OtlpSpan = otlpSpan({
		name: `root ${minute}`,
		startTimeUnixNano: String(start),
		endTimeUnixNano: String(start + 4_000_000_000n),
		attributes: attributes({
			"input.value": text,
			...(session && { "session.id": session, "user.id": `user of ${session}` }),
		}),
	});
	const inner = Array.from({ length: calls }, (_, index) =>
		otlpSpan({
			traceId: root.traceId,
			parentSpanId: root.spanId,
			name: `chat ${model}`,
			startTimeUnixNano: String(start + 1_000_000_000n + BigInt(index)),
			endTimeUnixNano: String(start + 2_000_000_000n),
			status: failed ? { code: 2 } : undefined,
			attributes: attributes({
				"openinference.span.kind": "LLM",
				"llm.model_name": model,
				"llm.token_count.prompt": 10,
				"llm.token_count.completion": 2,
			}),
		}),
	);
	return [root, ...inner];
}

async function newTraffic() {
	const project = await newProject();
	await send(project, trace(0, { session: "one", text: "the first Zebra" }));
	await send(project, trace(1, { session: "two", failed: true, model: "claude-sonnet-4-5" }));
	await send(project, trace(3, { session: "one", calls: 3 }));
	return { project, projectIds: [project.id] };
}

const filter = (text: string) => readFilterText(text).filter ?? undefined;

/** The traces that fit a filter, by the names of their root spans. */
async function rootNames(projectIds: string[], text: string) {
	const { traces } = await listTraces({ projectIds, limit: 9, filter: filter(text) });
	return traces.map((line) => line.rootSpanName);
}

describe("spans_by_time", () => {
	it("has every column that a filter may ask of it", async () => {
		const columns = await query({
			name: "columns",
			sql: sql`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'spans_by_time'`,
			row: z.object({ name: z.string() }),
		}).then((rows) => rows.map((row) => row.name));
		expect([...LINE_COLUMNS].filter((column) => !columns.includes(column))).toEqual([]);
	});
});

describe("listTraces()", () => {
	it("lists traces that began in the window, and none that began before it", async () => {
		const { projectIds } = await newTraffic();
		const names = async (fromMinute: number | null, toMinute: number | null) => {
			const at = (minute: number | null) => (minute === null ? null : START_MS + minute * MINUTE_MS);
			const window = { fromMs: at(fromMinute), toMs: at(toMinute) };
			return (await listTraces({ projectIds, limit: 9, window })).traces.map((line) => line.rootSpanName);
		};
		expect(await names(null, null)).toEqual(["root 3", "root 1", "root 0"]);
		expect(await names(1, null)).toEqual(["root 3", "root 1"]);
		expect(await names(0, 1)).toEqual(["root 0"]);
		// Half a second after the root: its model call is inside, the trace is not.
		expect(await names(3 + 0.5 / 60, null)).toEqual([]);
	});

	it("asks columns that only the wide table has there", async () => {
		const { projectIds } = await newTraffic();
		expect(await rootNames(projectIds, 'attribute["session.id"] = "one"')).toEqual(["root 3", "root 0"]);
	});

	it("asks of a span that was sent again what its latest version says, there too", async () => {
		const project = await newProject();
		const [root = otlpSpan()] = trace(0);
		await send(project, [{ ...root, attributes: attributes({ "app.region": "eu" }) }]);
		await send(project, [{ ...root, attributes: attributes({ "app.region": "us" }) }]);
		expect(await rootNames([project.id], 'attribute["app.region"] = "eu"')).toEqual([]);
		expect(await rootNames([project.id], 'attribute["app.region"] = "us"')).toEqual(["root 0"]);
	});

	it("asks the last version of a span that came twice in one block, as everybody else shows it", async () => {
		const project = await newProject();
		const [root = otlpSpan()] = trace(0);
		const said = (region: string) => ({ ...root, name: region, attributes: attributes({ "app.region": region }) });
		await send(project, [said("first"), said("second")]);
		expect(await rootNames([project.id], 'attribute["app.region"] = "first"')).toEqual([]);
		expect(await rootNames([project.id], 'attribute["app.region"] = "second"')).toEqual(["second"]);
		const [span] = await listSpans(project.id, root.traceId ?? "");
		expect([span?.name, span?.spanId]).toEqual(["second", root.spanId]);
	});

	it("asks each part of a filter of the whole trace, and leaves out a trace of which any span is denied", async () => {
		const { projectIds } = await newTraffic();
		const names = (text: string) => rootNames(projectIds, text);
		// The session stands on the root, the model on a call below it.
		expect(await names('session = "one" and model = "gpt-4o"')).toEqual(["root 3", "root 0"]);
		expect(await names('session = "one" and model = "claude-sonnet-4-5"')).toEqual([]);
		expect(await names('not session = "one"')).toEqual(["root 1"]);
		expect(await names('session = "one" and not attribute["input.value"] = "hello"')).toEqual(["root 0"]);
		const { points } = await chartTraces({ projectIds, buckets: 5, filter: filter('not session = "one"') });
		expect(points.reduce((sum, point) => sum + point.traces, 0)).toBe(1);
	});

	it("pages a filtered list both ways without repeating or skipping", async () => {
		const project = await newProject();
		const spans = Array.from({ length: 9 }, (_, minute) => trace(minute, { failed: minute % 2 === 0 })).flat();
		await send(project, spans);
		const sought = { projectIds: [project.id], limit: 2, filter: filter("status = error") };
		const [pages, cursors]: [string[], string[]] = [[], []];
		for (let cursor: string | undefined; ; ) {
			const page = await listTraces({ ...sought, cursor });
			pages.push(page.traces.map((line) => line.rootSpanName).join());
			if (!page.nextCursor) break;
			cursor = page.nextCursor;
			cursors.push(cursor);
		}
		expect(pages).toEqual(["root 8,root 6", "root 4,root 2", "root 0"]);
		const last = await listTraces({ ...sought, cursor: cursors.at(-1) });
		const back = await listTraces({ ...sought, cursor: last.previousCursor ?? "" });
		expect(back.traces.map((line) => line.rootSpanName)).toEqual(["root 4", "root 2"]);
	});

	it("shows where a searched text stands, found by the middle of a word in any case", async () => {
		const { projectIds } = await newTraffic();
		const { traces } = await listTraces({ projectIds, limit: 9, text: "t zEb" });
		expect(traces.map((line) => line.hit)).toEqual([
			expect.objectContaining({ side: "input", before: "the firs", match: "t Zeb", after: "ra" }),
		]);
	});

	it("lists a trace once whose span was sent again with another start", async () => {
		const project = await newProject();
		const [root] = trace(2);
		if (!root) throw new Error("no root");
		await send(project, [root]);
		await send(project, [{ ...root, startTimeUnixNano: nanosAt(2.5) }]);
		const { traces } = await listTraces({ projectIds: [project.id], limit: 9 });
		expect(traces.map((line) => [line.spanCount, line.startTimeUnixNano])).toEqual([[1, BigInt(nanosAt(2.5))]]);
	});
});

describe("listSpanLines()", () => {
	it("pages spans newest first, those that fit, both ways", async () => {
		const { projectIds } = await newTraffic();
		const sought = { projectIds, filter: filter("kind = llm"), limit: 2 };
		const first = await listSpanLines(sought);
		expect(first.spans.map((span) => span.displayName)).toEqual(["chat gpt-4o", "chat gpt-4o"]);
		expect(first.previousCursor).toBeNull();
		const second = await listSpanLines({ ...sought, cursor: first.nextCursor ?? "" });
		const third = await listSpanLines({ ...sought, cursor: second.nextCursor ?? "" });
		expect([second, third].map((page) => page.spans.map((span) => span.model))).toEqual([
			["gpt-4o", "claude-sonnet-4-5"],
			["gpt-4o"],
		]);
		expect(third.nextCursor).toBeNull();
		const back = await listSpanLines({ ...sought, cursor: third.previousCursor ?? "" });
		expect(back.spans.map((span) => span.spanId)).toEqual(second.spans.map((span) => span.spanId));
	});
});

describe("chartTraces()", () => {
	it("counts each trace in the bucket of its first span, with gaps as zero and unknown as null", async () => {
		const { projectIds } = await newTraffic();
		const window = { fromMs: START_MS, toMs: START_MS + 4 * MINUTE_MS };
		const { points, bucketMs } = await chartTraces({ projectIds, window, buckets: 4 });
		expect(bucketMs).toBe(MINUTE_MS);
		const seen = points.filter((point) => point.traces > 0);
		expect(seen.map(({ traces, spans, errors, p50Ms }) => ({ traces, spans, errors, p50Ms }))).toEqual([
			{ traces: 1, spans: 2, errors: 0, p50Ms: 4000 },
			{ traces: 1, spans: 2, errors: 1, p50Ms: 4000 },
			{ traces: 1, spans: 4, errors: 0, p50Ms: 4000 },
		]);
		expect(points.filter((point) => point.traces === 0)).toContainEqual(
			expect.objectContaining({ spans: 0, costUsd: null, p50Ms: null }),
		);
	});

	it("charts what the filter lists", async () => {
		const { projectIds } = await newTraffic();
		const { points } = await chartTraces({ projectIds, buckets: 10, filter: filter("status = error") });
		expect(points.reduce((sum, point) => sum + point.traces, 0)).toBe(1);
	});
});

describe("countFacets()", () => {
	it("counts traces by value, and says what it looked at", async () => {
		const { projectIds } = await newTraffic();
		const { facets, counted } = await countFacets({ projectIds });
		const of = (field: string) => facets.find((facet) => facet.field === field)?.values;
		expect(of("model")).toEqual([
			{ value: "gpt-4o", traces: 2 },
			{ value: "claude-sonnet-4-5", traces: 1 },
		]);
		expect(of("status")).toEqual([
			{ value: "ok", traces: 3 },
			{ value: "error", traces: 1 },
		]);
		expect(counted).toEqual({ spans: 8, sinceMs: null, all: true });
	});

	it("names only fields that a filter can be made of", async () => {
		const { projectIds } = await newTraffic();
		for (const { field } of (await countFacets({ projectIds })).facets) {
			expect(readFilterText(`${field} exists`).error).toBeNull();
		}
	});
});

describe("listGroups()", () => {
	it("sums up sessions and users, the last seen first", async () => {
		const { projectIds } = await newTraffic();
		const { groups, nextCursor } = await listGroups({ projectIds, by: "session", limit: 1 });
		expect(groups).toEqual([
			expect.objectContaining({
				id: "one",
				traceCount: 2,
				spanCount: 6,
				errorCount: 0,
				inputTokens: 40,
				outputTokens: 8,
				others: ["user of one"],
				otherCount: 1,
			}),
		]);
		const next = await listGroups({ projectIds, by: "session", limit: 1, cursor: nextCursor ?? "" });
		expect(next.groups).toMatchObject([{ id: "two", errorCount: 1 }]);
		expect(next.nextCursor).toBeNull();
		const back = await listGroups({ projectIds, by: "session", limit: 1, cursor: next.previousCursor ?? "" });
		expect(back.groups).toMatchObject([{ id: "one" }]);
		expect((await listGroups({ projectIds, by: "user", limit: 9 })).groups.map((group) => group.id)).toEqual([
			"user of one",
			"user of two",
		]);
	});
});

describe("deleteTraces()", () => {
	it("leaves nothing of a trace and everything of the others", async () => {
		const { projectIds } = await newTraffic();
		const traceIds = (await listTraces({ projectIds, limit: 1 })).traces.map((line) => line.traceId);
		expect(await deleteTraces({ projectIds, traceIds })).toBe(1);
		expect((await listTraces({ projectIds, limit: 9 })).traces.map((line) => line.rootSpanName)).toEqual([
			"root 1",
			"root 0",
		]);
		expect((await listSpanLines({ projectIds, limit: 99 })).spans).toHaveLength(4);
		expect(await deleteTraces({ projectIds, traceIds })).toBe(0);
	});

	it("leaves another project's trace alone", async () => {
		const [mine, other] = [await newTraffic(), await newProject()];
		const traceIds = (await listTraces({ projectIds: mine.projectIds, limit: 9 })).traces.map((line) => line.traceId);
		expect(await deleteTraces({ projectIds: [other.id], traceIds })).toBe(0);
		expect((await listTraces({ projectIds: mine.projectIds, limit: 9 })).traces).toHaveLength(3);
	});
});

describe("every list", () => {
	it("shows nothing of another project", async () => {
		await newTraffic();
		const projectIds = [(await newProject()).id];
		const sought = { projectIds, limit: 9 };
		expect((await listSpanLines(sought)).spans).toEqual([]);
		expect((await listGroups({ ...sought, by: "user" })).groups).toEqual([]);
		expect((await countFacets(sought)).facets).toEqual([]);
		expect((await chartTraces({ ...sought, buckets: 5 })).points.every((point) => point.traces === 0)).toBe(true);
	});
});
