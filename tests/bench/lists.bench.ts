import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string, uint } from "@/lib/clickhouse/sql";
import { parseFilter } from "@/lib/filter/parse-filter";
import { DAY_MS } from "@/lib/time";
import { chartTraces } from "@/lib/traces/chart-traces";
import { countFacets } from "@/lib/traces/count-facets";
import { encodeCursor } from "@/lib/traces/keyset-cursor";
import { listGroups } from "@/lib/traces/list-groups";
import { listSpanLines } from "@/lib/traces/list-span-lines";
import { listTraces } from "@/lib/traces/list-traces";
import { readTraceRows } from "@/lib/traces/read-trace-rows";
import { holdsText } from "@/lib/traces/sought";
import type { Figure } from "@/tests/bench/figure";
import { percentile } from "@/tests/bench/percentile";
import { seedSpans } from "@/tests/bench/seed-spans";
import { onSettledStore } from "@/tests/bench/settled-store";

const FEW = 100_000;
const MANY = 10_000_000;
const PAGE = 50;
const DEEP_PAGE = 1000;
const WARM_UP = 3;
const READS = 15;
const RATIO_MAX = "<= 1.3";
/** Not a list: it reads the wide table, whose days are never merged into one. */
const SINGLE = "trace of ten spans";
/** One trace in 10,000 holds it. */
const RARE = "zanzibar";

const Place = z.object({ project_id: z.string(), trace_id: z.string(), place: z.string() });
const Count = z.object({ rows: z.coerce.number() });

/**
 * What the pages ask of the store, of a store with 100,000 spans and of one with a hundred times as many, at the same hundred
 * thousand a day. `BENCH_UI_SPANS` names another number of spans for the large one.
 */
export async function benchLists(): Promise<Figure[]> {
	const many = Number(process.env.BENCH_UI_SPANS ?? MANY);
	const small = await measured("bench-few", FEW);
	const large = await measured("bench-many", many);
	const figures = Object.entries(large.medians).map(([name, value]): Figure => {
		const few = small.medians[name] ?? Number.NaN;
		const ratio = {
			of: `${few.toFixed(1)} ms with ${FEW.toLocaleString("en-US")} spans`,
			value: value / few,
			...(name !== SINGLE && { goal: RATIO_MAX }),
		};
		return { name, value, unit: "ms", ratio };
	});
	return [
		...figures,
		{
			name: `full-text, ${many.toLocaleString("en-US")} spans, with its index`,
			value: large.indexedMs,
			unit: "ms",
			ratio: {
				of: `as fast as the scan (${Math.round(large.scannedMs)} ms)`,
				value: large.scannedMs / large.indexedMs,
				goal: ">= 20",
			},
		},
	];
}

interface Measured {
	medians: Record<string, number>;
	indexedMs: number;
	scannedMs: number;
}

async function measured(projectId: string, spans: number): Promise<Measured> {
	await seedSpans(projectId, spans);
	return onSettledStore(async () => {
		const medians: Record<string, number> = {};
		for (const [question, ask] of Object.entries(await questions(projectId))) medians[question] = await medianMs(ask);
		return { medians, ...(await searchMs(projectId)) };
	});
}

async function questions(projectId: string): Promise<Record<string, () => Promise<unknown>>> {
	const day = { projectIds: [projectId], window: { fromMs: Date.now() - DAY_MS, toMs: null } };
	const always = { projectIds: [projectId] };
	const deep = await deepCursor(projectId);
	const traceId = deep.traceId;
	return {
		"list, first page": () => listTraces({ ...day, limit: PAGE }),
		"list, first page of all time": () => listTraces({ ...always, limit: PAGE }),
		"list, page 1,000 (100,000 spans: the last)": () => listTraces({ ...always, limit: PAGE, cursor: deep.cursor }),
		"filter: status": () => listTraces({ ...day, limit: PAGE, filter: parseFilter("status = error") }),
		"filter: model and cost": () =>
			listTraces({ ...day, limit: PAGE, filter: parseFilter('model = "gpt-4o" and cost > 0.005') }),
		"filter: an attribute": () =>
			listTraces({ ...day, limit: PAGE, filter: parseFilter('attribute["app.region"] = "eu"') }),
		"full-text: a frequent word": () => listTraces({ ...day, limit: PAGE, text: "refund" }),
		"full-text: a rare word": () => listTraces({ ...day, limit: PAGE, text: RARE }),
		facets: () => countFacets(day),
		"chart of a day": () => chartTraces({ ...day, buckets: 60 }),
		"spans, first page": () => listSpanLines({ ...day, limit: PAGE }),
		"sessions, first page": () => listGroups({ ...day, by: "session", limit: PAGE }),
		[SINGLE]: () => readTraceRows({ projectIds: [projectId], traceId }),
	};
}

/** Where page 1,000 begins, or the last full one, and the trace there. */
async function deepCursor(projectId: string): Promise<{ cursor: string; traceId: string }> {
	const [count] = await query({
		name: "count",
		sql: sql`SELECT count() AS rows FROM trace_extents WHERE project_id = ${string(projectId)}`,
		row: Count,
	});
	const offset = Math.min(DEEP_PAGE * PAGE, (count?.rows ?? 0) - PAGE) - 1;
	const [row] = await query({
		name: "deep place",
		sql: sql`SELECT project_id, trace_id, toString(min(first_started)) AS place FROM trace_extents
			WHERE project_id = ${string(projectId)} GROUP BY project_id, trace_id
			ORDER BY min(first_started) DESC LIMIT 1 OFFSET ${uint(offset)}`,
		row: Place,
	});
	if (!row) throw new Error("nothing was seeded");
	const ties = [row.project_id, row.trace_id];
	return { cursor: encodeCursor({ direction: "older", moment: BigInt(row.place), ties }), traceId: row.trace_id };
}

/** How long it takes to find all spans with a rare word, with the index and without. */
async function searchMs(projectId: string): Promise<{ indexedMs: number; scannedMs: number }> {
	const found = (isIndexed: boolean) => () =>
		query({
			name: "search",
			sql: sql`SELECT count() AS rows FROM spans_by_time
				WHERE project_id = ${string(projectId)} AND ${holdsText(RARE)}
				SETTINGS use_skip_indexes = ${isIndexed ? sql`1` : sql`0`}`,
			row: Count,
			timeoutSeconds: 120,
		});
	return { indexedMs: await medianMs(found(true)), scannedMs: await medianMs(found(false), 3) };
}

async function medianMs(run: () => Promise<unknown>, reads = READS): Promise<number> {
	for (let index = 0; index < Math.min(WARM_UP, reads); index++) await run();
	const times: number[] = [];
	for (let index = 0; index < reads; index++) {
		const start = performance.now();
		await run();
		times.push(performance.now() - start);
	}
	return percentile(times, 0.5);
}
