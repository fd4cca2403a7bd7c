import { type Sql, sql, string } from "@/lib/clickhouse/sql";

/**
 * A condition on rows of `spans`: of one trace. When they arrived says no more than that, but with it ClickHouse opens the days in
 * which they did and leaves the others closed.
 */
export function ofTrace(projectId: string, traceId: string): Sql {
	const extent = sql`FROM trace_extents WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)}`;
	return sql`project_id = ${string(projectId)} AND trace_id = ${string(traceId)}
		AND inserted_at >= (SELECT min(first_inserted_at) ${extent})
		AND inserted_at <= (SELECT max(last_inserted_at) ${extent})`;
}
