import { clickhouseError, isLostConnection } from "@/lib/clickhouse/clickhouse-error";
import { clickhouse } from "@/lib/clickhouse/client";
import { renderSql, type Sql } from "@/lib/clickhouse/sql";

export interface Statement {
	/** Names the operation in `system.query_log` and in our own log. */
	name: string;
	sql: Sql;
	rowsMax?: number;
	timeoutSeconds?: number;
	/** Reads so few rows that sharing them among threads takes longer than reading them. */
	isSmall?: boolean;
}

/**
 * Runs one SELECT and returns what ClickHouse answered as parsed JSON. 64-bit integers arrive as text. Bounded in time and
 * rows; fails with `unavailable` (retryable) or `internal`.
 */
export async function runQuery(
	{ name, sql, rowsMax = 100_000, timeoutSeconds = 10, isSmall = false }: Statement,
	format: "JSONEachRow" | "JSONColumnsWithMetadata",
): Promise<unknown> {
	const { text, values } = renderSql(sql);
	const run = async (): Promise<unknown> => {
		const result = await clickhouse().query({
			query: text,
			query_params: values,
			format,
			// A server that hangs does not enforce its own limit.
			abort_signal: AbortSignal.timeout((timeoutSeconds + 1) * 1000),
			clickhouse_settings: {
				log_comment: name,
				max_execution_time: timeoutSeconds,
				max_result_rows: String(rowsMax),
				...(isSmall && { max_threads: 1 }),
				output_format_json_quote_64bit_integers: 1,
			},
		});
		return result.json();
	};
	try {
		// A kept socket that the server closes just then says nothing of the server; reading twice harms nobody.
		return await run().catch((error: unknown) => (isLostConnection(error) ? run() : Promise.reject(error)));
	} catch (error) {
		throw clickhouseError(name, error);
	}
}
