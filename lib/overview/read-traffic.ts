import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, uint } from "@/lib/clickhouse/sql";
import { bucketLength, bucketStarts, type OverviewScope } from "@/lib/overview/overview-window";
import { linesOf } from "@/lib/traces/sought";
import { nanoRange } from "@/lib/traces/time-window";

export interface TrafficFigures {
	/** Those whose root span has arrived. */
	traces: number;
	/** Of them, those whose root span ended in an error. */
	failed: number;
	/** How long root spans took, in milliseconds: 50, 90 and 99 of 100 took no longer. Null when no duration is known. */
	p50Ms: number | null;
	p90Ms: number | null;
	p99Ms: number | null;
}

export interface Traffic {
	bucketMs: number;
	/** Of the whole window. */
	total: TrafficFigures;
	/** Oldest first, without gaps. The first bucket may begin before the window, and counts only what is in it. */
	points: (TrafficFigures & { startMs: number })[];
}

const Row = z.object({
	whole: z.coerce.number(),
	bucket: z.string(),
	traces: z.string(),
	failed: z.string(),
	timed: z.string(),
	quantiles: z.array(z.number().nullable()),
});

const NONE: TrafficFigures = { traces: 0, failed: 0, p50Ms: null, p90Ms: null, p99Ms: null };

/** Traces by the start of their root span: how many, how many failed and how long they took. Judges' own do not count. */
export async function readTraffic({ projectIds, window }: OverviewScope, bucketsMax = 60): Promise<Traffic> {
	const bucketMs = bucketLength(window, bucketsMax);
	const rows = await query({
		name: "overview traffic",
		sql: sql`
			SELECT grouping(bucket) AS whole, intDiv(started, ${uint(BigInt(bucketMs) * 1_000_000n)}) AS bucket,
				uniqExact(trace_key) AS traces, uniqExactIf(trace_key, status = 'error') AS failed,
				countIf(start_unix_nano > 0 AND end_unix_nano >= start_unix_nano) AS timed,
				quantilesIf(0.5, 0.9, 0.99)(
					toFloat64(end_unix_nano - start_unix_nano) / 1000000,
					start_unix_nano > 0 AND end_unix_nano >= start_unix_nano) AS quantiles
			FROM spans_by_time FINAL
			WHERE ${linesOf({ projectIds }, nanoRange(window))} AND (parent_span_id = '' OR marked_root) AND origin != 'judge'
			GROUP BY GROUPING SETS ((bucket), ())`,
		row: Row,
	});
	const byBucket = new Map(rows.filter(({ whole }) => whole === 0).map((row) => [Number(row.bucket) * bucketMs, row]));
	return {
		bucketMs,
		total: figuresOf(rows.find(({ whole }) => whole === 1)),
		points: bucketStarts(window, bucketMs).map((startMs) => ({ startMs, ...figuresOf(byBucket.get(startMs)) })),
	};
}

function figuresOf(row: z.infer<typeof Row> | undefined): TrafficFigures {
	if (!row) return NONE;
	const [p50Ms = null, p90Ms = null, p99Ms = null] = Number(row.timed) > 0 ? row.quantiles : [];
	return { traces: Number(row.traces), failed: Number(row.failed), p50Ms, p90Ms, p99Ms };
}
