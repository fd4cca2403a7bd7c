import { type Sql, sql } from "@/lib/clickhouse/sql";

/**
 * To stand after FROM: rows of `spans` that fit a condition on their identities and arrivals, of each span the version that
 * arrived last, if it is live. `columns` has `expires_at` among them.
 *
 * What FINAL would answer, if every version fits. But FINAL opens all parts in which the key may lie, whatever the condition
 * says of arrivals: 180 ms instead of 45 for a trace among ten million spans.
 */
export function latestSpans(columns: Sql, condition: Sql): Sql {
	return sql`(
		SELECT * FROM (
			SELECT ${columns} FROM spans WHERE ${condition}
			ORDER BY inserted_at DESC LIMIT 1 BY project_id, trace_id, span_id
		) WHERE expires_at > now64(3)
	)`;
}
