import { clickhouseError } from "@/lib/clickhouse/clickhouse-error";
import { clickhouse } from "@/lib/clickhouse/client";

/**
 * Appends rows and returns once ClickHouse has stored them. Concurrent inserts share a block inside the server
 * (async insert, waited for), so many small requests do not become many parts.
 */
export async function insert<Row extends object>(table: "spans" | "scores", rows: Row[]): Promise<void> {
	if (rows.length === 0) return;
	try {
		await clickhouse().insert({
			table,
			values: rows,
			format: "JSONEachRow",
			clickhouse_settings: {
				log_comment: `insert ${table}`,
				async_insert: 1,
				wait_for_async_insert: 1,
				async_insert_busy_timeout_max_ms: 50,
				async_insert_deduplicate: 0,
				input_format_skip_unknown_fields: 0,
			},
		});
	} catch (error) {
		throw clickhouseError(`insert ${table}`, error);
	}
}
