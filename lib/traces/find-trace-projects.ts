import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, strings } from "@/lib/clickhouse/sql";

const Row = z.object({ trace_id: z.string(), holder: z.string() });

// A parameter of ClickHouse ends at 128 KiB.
const TRACES_PER_QUERY = 2000;
// Senders wait for the answer, and give up after ten seconds.
const TIMEOUT_SECONDS = 4;

/**
 * Which of the given projects already holds spans of which trace: the earliest arrival decides. Lets a batch without a
 * project name join the trace it belongs to. One primary-key look-up per (project, trace).
 */
export async function findTraceProjects(
	projectIds: readonly string[],
	traceIds: readonly string[],
): Promise<Map<string, string>> {
	const holders = new Map<string, string>();
	if (projectIds.length === 0) return holders;
	for (let start = 0; start < traceIds.length; start += TRACES_PER_QUERY) {
		const rows = await query({
			name: "find trace projects",
			sql: sql`
				SELECT trace_id, argMin(project_id, (inserted_at, project_id)) AS holder
				FROM spans
				WHERE project_id IN ${strings(projectIds)} AND trace_id IN ${strings(traceIds.slice(start, start + TRACES_PER_QUERY))}
					AND expires_at > now64(3)
				GROUP BY trace_id`,
			row: Row,
			timeoutSeconds: TIMEOUT_SECONDS,
		});
		for (const row of rows) holders.set(row.trace_id, row.holder);
	}
	return holders;
}
