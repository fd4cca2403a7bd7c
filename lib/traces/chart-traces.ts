import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, strings, uint } from "@/lib/clickhouse/sql";
import { isCountedCall } from "@/lib/traces/model-calls";
import { fittingLines, inFittingTraces, isUnfiltered, linesOf, type Sought } from "@/lib/traces/sought";
import { ALWAYS, nanoRange } from "@/lib/traces/time-window";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [
	...[1, 2, 5, 10, 30].map((seconds) => seconds * SECOND_MS),
	...[1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE_MS),
	...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
	...[1, 2, 7, 14, 28].map((days) => days * DAY_MS),
];
/** A sender's broken clock must not stretch a chart over decades. */
const SPAN_MS_MAX = 366 * DAY_MS;
const TIMEOUT_SECONDS = 20;

export interface TraceChart {
	bucketMs: number;
	fromMs: number;
	toMs: number;
	/** One a bucket, without a gap, oldest first. */
	points: ChartPoint[];
}

export interface ChartPoint {
	/** Epoch milliseconds, a multiple of the bucket. */
	startMs: number;
	traces: number;
	spans: number;
	/** Traces of which a span failed. */
	errors: number;
	/** US dollars; null when no cost is known. */
	costUsd: number | null;
	/** Milliseconds from a trace's first start to its last end; null when none is known. */
	p50Ms: number | null;
	p95Ms: number | null;
}

const Row = z.object({
	bucket: z.coerce.number(),
	traces: z.coerce.number(),
	spans: z.coerce.number(),
	errors: z.coerce.number(),
	cost_usd: z.number().nullable(),
	p50_ms: z.number().nullable(),
	p95_ms: z.number().nullable(),
});

const Earliest = z.object({ earliest: z.string() });

/**
 * The traces that `listTraces` lists, by the time they started, in about as many buckets as asked for. One that began before
 * the window counts from its first span inside.
 */
export async function chartTraces({ buckets, ...sought }: Sought & { buckets: number }): Promise<TraceChart> {
	const { now = new Date(), window = ALWAYS } = sought;
	const toMs = window.toMs ?? now.getTime();
	const fromMs = window.fromMs ?? Math.max(await earliestMs(sought.projectIds, toMs), toMs - SPAN_MS_MAX);
	const bucketMs = stepFor(Math.max(1, toMs - fromMs) / buckets);
	const range = nanoRange({ fromMs, toMs: window.toMs });
	const lines = linesOf(sought, range);
	const chosen = isUnfiltered(sought) ? fittingLines(sought, range) : inFittingTraces(sought, range);
	const rows = await query({
		name: "chart traces",
		sql: chartSql(lines, chosen, bucketMs),
		row: Row,
		timeoutSeconds: TIMEOUT_SECONDS,
	});
	return { bucketMs, fromMs, toMs, points: withoutGaps(rows, { bucketMs, fromMs, toMs }) };
}

function chartSql(lines: Sql, chosen: Sql, bucketMs: number): Sql {
	return sql`
		SELECT intDiv(place, ${uint(bucketMs)} * 1000000) AS bucket, count() AS traces, sum(spans) AS spans, sum(failed) AS errors,
			sum(cost) AS cost_usd,
			if(countIf(took >= 0) = 0, NULL, quantileIf(0.5)(took, took >= 0)) AS p50_ms,
			if(countIf(took >= 0) = 0, NULL, quantileIf(0.95)(took, took >= 0)) AS p95_ms
		FROM (
			SELECT min(started) AS place, count() AS spans, max(status = 'error') AS failed,
				sumIf(cost_usd, ${isCountedCall(lines)}) AS cost,
				if(max(start_unix_nano) = 0 OR max(end_unix_nano) < min(started), -1,
					toFloat64(max(end_unix_nano) - min(started)) / 1000000) AS took
			FROM spans_by_time FINAL
			WHERE ${lines} AND ${chosen}
			GROUP BY trace_key
		)
		GROUP BY bucket ORDER BY bucket`;
}

async function earliestMs(projectIds: readonly string[], otherwise: number): Promise<number> {
	const [row] = await query({
		name: "earliest start",
		sql: sql`
			SELECT min(started) AS earliest FROM spans_by_time
			WHERE project_id IN ${strings(projectIds)} AND started >= ${uint(BigInt(otherwise - SPAN_MS_MAX) * 1_000_000n)}
				AND expires_at > now64(3)
			HAVING count() > 0`,
		row: Earliest,
	});
	return row ? Number(BigInt(row.earliest) / 1_000_000n) : otherwise - HOUR_MS;
}

function stepFor(widthMs: number): number {
	return STEPS_MS.find((step) => step >= widthMs) ?? STEPS_MS.at(-1) ?? DAY_MS;
}

function withoutGaps(
	rows: readonly z.infer<typeof Row>[],
	{ bucketMs, fromMs, toMs }: { bucketMs: number; fromMs: number; toMs: number },
): ChartPoint[] {
	const known = new Map(rows.map((row) => [row.bucket, row]));
	const first = Math.floor(fromMs / bucketMs);
	// What starts ahead of the clock lies behind the end of the window.
	const last = Math.max(first, Math.ceil(toMs / bucketMs) - 1);
	return Array.from({ length: last - first + 1 }, (_, index) => {
		const row = known.get(first + index);
		return {
			startMs: (first + index) * bucketMs,
			traces: row?.traces ?? 0,
			spans: row?.spans ?? 0,
			errors: row?.errors ?? 0,
			costUsd: row?.cost_usd ?? null,
			p50Ms: row?.p50_ms ?? null,
			p95Ms: row?.p95_ms ?? null,
		};
	});
}
