import { insert } from "@/lib/clickhouse/insert";
import { type KeptLog, toLogRow } from "@/lib/traces/log-row";

/** Stores log records and returns once ClickHouse has them; one that is stored already stays one. */
export async function writeLogs(logs: readonly KeptLog[]): Promise<void> {
	await insert("span_logs", logs.map(toLogRow));
}
