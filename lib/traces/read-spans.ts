import { query } from "@/lib/clickhouse/query";
import { sql, strings } from "@/lib/clickhouse/sql";
import { hasLogs } from "@/lib/traces/has-logs";
import { latestSpans } from "@/lib/traces/latest-spans";
import { listLogs } from "@/lib/traces/list-logs";
import { ofTrace } from "@/lib/traces/of-trace";
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
			sql: sql`SELECT * FROM ${latestSpans(sql`*`, sql`${ofTrace(projectId, traceId)} AND span_id IN ${strings(spanIds)}`)}`,
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
