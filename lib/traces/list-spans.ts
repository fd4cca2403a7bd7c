import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";
import { latestSpans } from "@/lib/traces/latest-spans";
import { listLogs } from "@/lib/traces/list-logs";
import { ofTrace } from "@/lib/traces/of-trace";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

/** All live spans of a trace with their log records, in start order; none when the trace is gone. */
export async function listSpans(projectId: string, traceId: string): Promise<StoredSpan[]> {
	const [rows, logs] = await Promise.all([
		query({
			name: "list spans",
			sql: sql`
				SELECT * FROM ${latestSpans(sql`*`, ofTrace(projectId, traceId))}
				ORDER BY start_unix_nano = 0, start_unix_nano, parent_span_id != '', end_unix_nano DESC, span_id`,
			row: StoredSpanRow,
		}),
		listLogs({ projectId, traceIds: [traceId] }),
	]);
	return rows.map((row) => fromSpanRow(row, logs.get(`${traceId} ${row.span_id}`)));
}
