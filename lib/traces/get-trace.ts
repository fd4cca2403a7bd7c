import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { notFound } from "@/lib/errors";
import { listLogs } from "@/lib/traces/list-logs";
import { fromSpanRow, StoredSpanRow } from "@/lib/traces/span-row";
import { summarizeTraces } from "@/lib/traces/summarize-traces";
import type { StoredSpan, TraceDetail } from "@/lib/traces/trace";

/**
 * A trace with all its live spans and their log records, in start order (of those that start together, the root and the
 * longest come first). When several of the projects hold the id, a linked trace comes before an unlinked one and then the
 * one that arrived first. `not_found` when none does.
 */
export async function getTrace({
	projectIds,
	traceId,
}: {
	projectIds: string[];
	traceId: string;
}): Promise<TraceDetail> {
	const keys = projectIds.map((projectId) => ({ projectId, traceId }));
	const summaries = await summarizeTraces(keys, { previews: "page" });
	const [summary] = summaries.sort(
		(a, b) =>
			Number(a.projectId === null) - Number(b.projectId === null) || a.createdAt.getTime() - b.createdAt.getTime(),
	);
	if (!summary) throw notFound("Trace");
	return { summary, spans: await listSpans(summary.projectId ?? "", traceId) };
}

async function listSpans(projectId: string, traceId: string): Promise<StoredSpan[]> {
	const [rows, logs] = await Promise.all([
		query({
			name: "list spans",
			sql: sql`
				SELECT * FROM spans FINAL
				WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND expires_at > now64(3)
				ORDER BY start_unix_nano = 0, start_unix_nano, parent_span_id != '', end_unix_nano DESC, span_id`,
			row: StoredSpanRow,
		}),
		listLogs({ projectId, traceIds: [traceId] }),
	]);
	return rows.map((row) => fromSpanRow(row, logs.get(`${traceId} ${row.span_id}`)));
}
