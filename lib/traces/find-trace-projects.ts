import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, strings } from "@/lib/clickhouse/sql";

const Row = z.object({ trace_id: z.string(), holder: z.string() });

/**
 * Which of the given projects already holds spans of which trace: the earliest arrival decides. Lets a batch without a
 * project name join the trace it belongs to. One primary-key look-up per (project, trace).
 */
export async function findTraceProjects(projectIds: string[], traceIds: string[]): Promise<Map<string, string>> {
	if (projectIds.length === 0 || traceIds.length === 0) return new Map();
	const rows = await query({
		name: "find trace projects",
		sql: sql`
			SELECT trace_id, argMin(project_id, (inserted_at, project_id)) AS holder
			FROM spans
			WHERE project_id IN ${strings(projectIds)} AND trace_id IN ${strings(traceIds)} AND expires_at > now64(3)
			GROUP BY trace_id`,
		row: Row,
	});
	return new Map(rows.map((row) => [row.trace_id, row.holder]));
}
