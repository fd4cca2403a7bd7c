import { query } from "@/lib/clickhouse/query";
import { sql, string, strings } from "@/lib/clickhouse/sql";
import { ALL_VERSIONS_INSIDE, arrivedWith } from "@/lib/traces/arrived-with";
import { hasLogs } from "@/lib/traces/has-logs";
import { listLogs } from "@/lib/traces/list-logs";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

/**
 * The given spans of one trace, with all that was sent and their log records, in the order of the ids; one that is gone, or
 * that another project holds, is absent.
 */
export async function readSpans({
	projectId,
	traceId,
	spanIds,
}: {
	projectId: string;
	traceId: string;
	spanIds: readonly string[];
}): Promise<StoredSpan[]> {
	if (spanIds.length === 0) return [];
	const [rows, logs] = await Promise.all([
		query({
			name: "read spans",
			sql: sql`
				SELECT * FROM spans FINAL
				WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND span_id IN ${strings(spanIds)}
					AND ${arrivedWith({ projectIds: [projectId], traceId })} AND expires_at > now64(3)
				${ALL_VERSIONS_INSIDE}`,
			row: StoredSpanRow,
		}),
		hasLogs().then((kept) => (kept ? listLogs({ projectId, traceIds: [traceId] }) : undefined)),
	]);
	const byId = new Map(rows.map((row) => [row.span_id, row]));
	return spanIds.flatMap((spanId) => {
		const row = byId.get(spanId);
		return row ? fromSpanRow(row, logs?.get(`${traceId} ${spanId}`)) : [];
	});
}
