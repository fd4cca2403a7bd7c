import { query } from "@/lib/clickhouse/query";
import { sql, tuples } from "@/lib/clickhouse/sql";
import { together } from "@/lib/together";
import { hasLogs } from "@/lib/traces/has-logs";
import { listLogs } from "@/lib/traces/list-logs";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

/**
 * One span as it was last stored, with its log records; null when it is gone. Spans that are looked for at the same time are
 * read together.
 */
export async function findSpan(projectId: string, traceId: string, spanId: string): Promise<StoredSpan | null> {
	const key = JSON.stringify([projectId, traceId, spanId]);
	const [row, logs] = await Promise.all([
		findRows([key]).then((rows) => rows.get(key)),
		hasLogs().then((kept) => (kept ? listLogs({ projectId, traceIds: [traceId] }) : undefined)),
	]);
	return row ? fromSpanRow(row, logs?.get(`${traceId} ${spanId}`)) : null;
}

const findRows = together<string, StoredSpanRow>(async (keys) => {
	const rows = await query({
		name: "find spans",
		sql: sql`
			SELECT * FROM spans FINAL
			WHERE (project_id, trace_id, span_id) IN ${tuples(keys.map((key) => JSON.parse(key)))}
				AND expires_at > now64(3)`,
		row: StoredSpanRow,
	});
	return new Map(rows.map((row) => [JSON.stringify([row.project_id, row.trace_id, row.span_id]), row]));
});
