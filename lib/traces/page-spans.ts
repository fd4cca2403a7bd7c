import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, string, uint } from "@/lib/clickhouse/sql";
import { listLogs } from "@/lib/traces/list-logs";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

const TIMEOUT_SECONDS = 60;

/** Names one span of a project: where a page ends. */
export interface SpanPosition {
	traceId: string;
	spanId: string;
}

/**
 * The next live spans of a project that start from `from` on and before `to`, with their logs, in the order of their ids.
 * A page that is not full is the last. Spans that told no start are in no range.
 */
export async function pageSpans({
	projectId,
	from,
	to,
	after,
	size,
}: {
	projectId: string;
	from: Date;
	to: Date;
	after: SpanPosition | null;
	size: number;
}): Promise<StoredSpan[]> {
	const rows = await query({
		name: "page spans",
		sql: sql`
			SELECT * FROM spans FINAL
			WHERE project_id = ${string(projectId)} AND ${position(after)}
				AND start_unix_nano > 0 AND start_unix_nano >= ${uint(nanos(from))} AND start_unix_nano < ${uint(nanos(to))}
				AND expires_at > now64(3)
			ORDER BY trace_id, span_id
			LIMIT ${uint(size)}`,
		row: StoredSpanRow,
		timeoutSeconds: TIMEOUT_SECONDS,
	});
	const logs = await listLogs({ projectId, traceIds: [...new Set(rows.map((row) => row.trace_id))] });
	return rows.map((row) => fromSpanRow(row, logs.get(`${row.trace_id} ${row.span_id}`)));
}

// The first comparison lets ClickHouse skip what lies before the page; the second is exact.
function position(after: SpanPosition | null): Sql {
	if (after === null) return sql`1`;
	const traceId = string(after.traceId);
	return sql`trace_id >= ${traceId} AND (trace_id, span_id) > (${traceId}, ${string(after.spanId)})`;
}

function nanos(moment: Date): bigint {
	return BigInt(Math.max(0, moment.getTime())) * 1_000_000n;
}
