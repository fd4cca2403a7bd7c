import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { ALL_VERSIONS_INSIDE, arrivedWith } from "@/lib/traces/arrived-with";
import { listLogs } from "@/lib/traces/list-logs";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

/** All live spans of a trace with their log records, in start order; none when the trace is gone. */
export async function listSpans(projectId: string, traceId: string): Promise<StoredSpan[]> {
	const [rows, logs] = await Promise.all([
		query({
			name: "list spans",
			sql: sql`
				SELECT * FROM spans FINAL
				WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND expires_at > now64(3)
					AND ${arrivedWith({ projectIds: [projectId], traceId })}
				ORDER BY start_unix_nano = 0, start_unix_nano, parent_span_id != '', end_unix_nano DESC, span_id
				${ALL_VERSIONS_INSIDE}`,
			row: StoredSpanRow,
		}),
		listLogs({ projectId, traceIds: [traceId] }),
	]);
	return rows.map((row) => fromSpanRow(row, logs.get(`${traceId} ${row.span_id}`)));
}
