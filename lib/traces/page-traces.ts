import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, strings, uint } from "@/lib/clickhouse/sql";
import { summarizeTraces } from "@/lib/traces/summarize-traces";
import type { TraceSummary } from "@/lib/traces/trace";

const Row = z.object({ project_id: z.string(), trace_id: z.string() });
const Count = z.object({ total: z.string() });

/** One numbered page of traces, latest arrival first, and how many there are: the form of Dokimos' list. */
export async function pageTraces({
	projectIds,
	page,
	size,
}: {
	projectIds: string[];
	page: number;
	size: number;
}): Promise<{ traces: TraceSummary[]; total: number }> {
	const [found, counts] = await Promise.all([
		query({
			name: "page traces",
			sql: sql`
				SELECT project_id, trace_id FROM spans FINAL
				WHERE project_id IN ${strings(projectIds)} AND expires_at > now64(3)
				GROUP BY project_id, trace_id
				ORDER BY min(inserted_at) DESC, project_id, trace_id
				LIMIT ${uint(size)} OFFSET ${uint(page * size)}`,
			row: Row,
		}),
		query({
			name: "count traces",
			sql: sql`SELECT uniqExact(project_id, trace_id) AS total FROM spans
				WHERE project_id IN ${strings(projectIds)} AND expires_at > now64(3)`,
			row: Count,
		}),
	]);
	const traces = await summarizeTraces(found.map((row) => ({ projectId: row.project_id, traceId: row.trace_id })));
	return {
		traces,
		total: Number(counts[0]?.total ?? 0),
	};
}
