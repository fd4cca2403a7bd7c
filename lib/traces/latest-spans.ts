import { type Sql, sql } from "@/lib/clickhouse/sql";

/**
 * Ends a statement that reads `spans` FINAL: each day for itself, and no part that the condition rules out. Without it FINAL opens
 * all parts in which the key may lie, whatever the condition says of arrivals: 180 ms instead of 35 for a trace among ten million
 * spans. Of a span that arrived on several days each day's version is left, and their `inserted_at` differ.
 */
export const DAY_BY_DAY: Sql = sql`
	SETTINGS do_not_merge_across_partitions_select_final = 1, use_skip_indexes_if_final_exact_mode = 0`;

/**
 * To stand after FROM: rows of `spans` that fit a condition on their identities and arrivals, of each span the version that
 * arrived last, if it is live. `columns` has `expires_at` among them.
 */
export function latestSpans(columns: Sql, condition: Sql): Sql {
	return sql`(
		SELECT * FROM (
			SELECT ${columns} FROM spans FINAL WHERE ${condition}
			ORDER BY inserted_at DESC LIMIT 1 BY project_id, trace_id, span_id
			${DAY_BY_DAY}
		) WHERE expires_at > now64(3)
	)`;
}
