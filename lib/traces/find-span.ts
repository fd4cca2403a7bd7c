import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { hasLogs } from "@/lib/traces/has-logs";
import { listLogs } from "@/lib/traces/list-logs";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

/** One span as it was last stored, with its log records; null when it is gone. */
export async function findSpan(projectId: string, traceId: string, spanId: string): Promise<StoredSpan | null> {
	const [rows, logs] = await Promise.all([
		query({
			name: "find span",
			sql: sql`
				SELECT * FROM spans FINAL
				WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND span_id = ${string(spanId)}
					AND expires_at > now64(3)`,
			row: StoredSpanRow,
		}),
		hasLogs().then((kept) => (kept ? listLogs({ projectId, traceIds: [traceId] }) : undefined)),
	]);
	return rows[0] ? fromSpanRow(rows[0], logs?.get(`${traceId} ${spanId}`)) : null;
}
