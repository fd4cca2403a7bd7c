import { closeClickhouse } from "@/lib/clickhouse/client";
import { env } from "@/lib/env";

/** Runs `work` while nobody listens at the address of ClickHouse. */
export async function withoutClickhouse<Value>(work: () => Promise<Value>): Promise<Value> {
	const settings = env();
	const url = settings.CLICKHOUSE_URL;
	await closeClickhouse();
	settings.CLICKHOUSE_URL = "http://127.0.0.1:9/nowhere";
	try {
		return await work();
	} finally {
		await closeClickhouse();
		settings.CLICKHOUSE_URL = url;
	}
}
