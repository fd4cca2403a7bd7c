import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string, strings } from "@/lib/clickhouse/sql";
import { notFound } from "@/lib/errors";
import { listSpans } from "@/lib/traces/list-spans";
import type { StoredSpan } from "@/lib/traces/trace";

const Row = z.object({ project_id: z.string() });

/**
 * The spans of a trace without its summary, and its project (null: linked to none), chosen as `getTrace` does. `not_found` when
 * none of the projects holds it.
 */
export async function findTraceSpans({
	projectIds,
	traceId,
}: {
	projectIds: string[];
	traceId: string;
}): Promise<{ projectId: string | null; spans: StoredSpan[] }> {
	const [holder] = await query({
		name: "find trace's project",
		sql: sql`
			SELECT project_id FROM spans
			WHERE project_id IN ${strings(projectIds)} AND trace_id = ${string(traceId)} AND expires_at > now64(3)
			GROUP BY project_id ORDER BY project_id = '', min(inserted_at) LIMIT 1`,
		row: Row,
	});
	if (!holder) throw notFound("Trace");
	return { projectId: holder.project_id || null, spans: await listSpans(holder.project_id, traceId) };
}
