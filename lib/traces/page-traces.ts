import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, strings, uint } from "@/lib/clickhouse/sql";
import { EVERYTHING, type FilterTree } from "@/lib/filter/filter";
import { filterSql } from "@/lib/filter/filter-sql";
import { isListedOrigin } from "@/lib/traces/listed-origins";
import { summarizeTraces } from "@/lib/traces/summarize-traces";
import type { TraceSummary } from "@/lib/traces/trace";

const Row = z.object({ project_id: z.string(), trace_id: z.string() });
const Count = z.object({ total: z.string() });

/**
 * One numbered page of traces, latest arrival first, and how many there are: the form of Dokimos' list. With a filter, those
 * of which at least one span fits it. Judges' own calls are listed only when a filter asks for an origin.
 */
export async function pageTraces({
	projectIds,
	page,
	size,
	filter,
	now = new Date(),
}: {
	projectIds: string[];
	page: number;
	size: number;
	filter?: FilterTree;
	now?: Date;
}): Promise<{ traces: TraceSummary[]; total: number }> {
	const fits = sql`(${filterSql(filter ?? EVERYTHING, now)} AND ${isListedOrigin(filter)})`;
	// Who counts identities need not know which version is the latest; who asks what a span says must.
	const latest = filter ? sql`FINAL` : sql``;
	const [found, counts] = await Promise.all([
		query({
			name: "page traces",
			sql: sql`
				SELECT project_id, trace_id FROM spans FINAL
				WHERE project_id IN ${strings(projectIds)} AND expires_at > now64(3)
				GROUP BY project_id, trace_id
				HAVING max(${fits})
				ORDER BY min(inserted_at) DESC, project_id, trace_id
				LIMIT ${uint(size)} OFFSET ${uint(page * size)}`,
			row: Row,
		}),
		query({
			name: "count traces",
			sql: sql`SELECT uniqExact(project_id, trace_id) AS total FROM spans ${latest}
				WHERE project_id IN ${strings(projectIds)} AND expires_at > now64(3) AND ${fits}`,
			row: Count,
		}),
	]);
	const traces = await summarizeTraces(
		found.map((row) => ({ projectId: row.project_id, traceId: row.trace_id })),
		{ previews: "page" },
	);
	return {
		traces,
		total: Number(counts[0]?.total ?? 0),
	};
}
