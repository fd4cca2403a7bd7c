import { type Sql, sql } from "@/lib/clickhouse/sql";

/** Of a row of `spans_by_time`: it called a model. */
export const CALLS_MODEL: Sql = sql`kind IN ('llm', 'embedding', 'reranker')`;

/** Of a row that called a model: its sender told tokens or cost. */
export const TELLS_SPENDING: Sql = sql`(coalesce(input_tokens, output_tokens, total_tokens) IS NOT NULL OR cost_usd IS NOT NULL)`;

/**
 * Of rows of `lines`: a model call that is counted. One right over another of its kind that tells its tokens or cost stands for
 * both, as when an application and its gateway report the same call. `lines` are the conditions that chose the rows.
 */
export function isCountedCall(lines: Sql): Sql {
	return sql`(${CALLS_MODEL} AND (trace_key, span_id, kind) NOT IN (
		SELECT trace_key, parent_span_id, kind FROM spans_by_time FINAL
		WHERE ${lines} AND ${CALLS_MODEL} AND parent_span_id != '' AND ${TELLS_SPENDING}
	))`;
}
