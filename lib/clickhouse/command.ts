import { clickhouseError } from "@/lib/clickhouse/clickhouse-error";
import { clickhouse } from "@/lib/clickhouse/client";
import { renderSql, type Sql } from "@/lib/clickhouse/sql";

/** Runs one statement that returns nothing (DELETE, ALTER, SYSTEM). */
export async function command(name: string, statement: Sql): Promise<void> {
	const { text, values } = renderSql(statement);
	try {
		await clickhouse().command({ query: text, query_params: values, clickhouse_settings: { log_comment: name } });
	} catch (error) {
		throw clickhouseError(name, error);
	}
}
