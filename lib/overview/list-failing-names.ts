import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, uint } from "@/lib/clickhouse/sql";
import type { OverviewScope } from "@/lib/overview/overview-window";
import { SPAN_KINDS, type SpanKind } from "@/lib/span/span-kind";
import { linesOf } from "@/lib/traces/sought";
import { nanoRange } from "@/lib/traces/time-window";

export interface FailingName {
	/** As reported. */
	name: string;
	kind: SpanKind;
	/** Spans that ended in an error, and in how many traces. */
	spans: number;
	traces: number;
	/** The type of the latest error; null when it told none. */
	errorType: string | null;
	lastAtMs: number;
}

const Row = z.object({
	name: z.string(),
	kind: z.enum(SPAN_KINDS).catch("span"),
	spans: z.string(),
	traces: z.string(),
	error_type: z.string(),
	last_started: z.string(),
});

/** Names whose spans failed most often, those in most traces first. Judges' own do not count. */
export async function listFailingNames({ projectIds, window }: OverviewScope, limit = 8): Promise<FailingName[]> {
	const rows = await query({
		name: "overview failing names",
		sql: sql`
			SELECT name, kind, count() AS spans, uniqExact(trace_key) AS traces, argMax(error_type, started) AS error_type,
				max(started) AS last_started
			FROM spans_by_time FINAL
			WHERE ${linesOf({ projectIds }, nanoRange(window))} AND status = 'error' AND origin != 'judge'
			GROUP BY name, kind
			ORDER BY traces DESC, spans DESC, name, kind
			LIMIT ${uint(limit)}`,
		row: Row,
	});
	return rows.map((row) => ({
		name: row.name,
		kind: row.kind,
		spans: Number(row.spans),
		traces: Number(row.traces),
		errorType: row.error_type || null,
		lastAtMs: Number(BigInt(row.last_started) / 1_000_000n),
	}));
}
