import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { env, isBuilding } from "@/lib/env";
import { AppError } from "@/lib/errors";

// Next bundles instrumentation and routes separately: one client for both hangs on globalThis.
const shared = globalThis as typeof globalThis & { spanwiseClickhouse?: ClickHouseClient };

/** The process-wide client of the ClickHouse that CLICKHOUSE_URL names. */
export function clickhouse(): ClickHouseClient {
	if (isBuilding()) throw new AppError("unavailable", "No store is opened during the build");
	const url = env().CLICKHOUSE_URL;
	if (!url) {
		throw new AppError(
			"unavailable",
			"No ClickHouse: start with `npm start`, which brings its own, or set CLICKHOUSE_URL",
		);
	}
	shared.spanwiseClickhouse ??= connect(url);
	return shared.spanwiseClickhouse;
}

/** True when ClickHouse runs on this machine, as the embedded one does. */
export function isLocalClickhouse(): boolean {
	const host = new URL(env().CLICKHOUSE_URL ?? "http://localhost").hostname;
	return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}

function connect(url: string): ClickHouseClient {
	return createClient({
		url,
		application: "spanwise",
		request_timeout: 30_000,
		max_open_connections: 32,
		keep_alive: { idle_socket_ttl: 2500 },
		// A URL ends at a megabyte. A single parameter ends at 128 KiB either way.
		use_multipart_params_auto: true,
		// It would log the server's own text, which quotes rows.
		log: { level: ClickHouseLogLevel.OFF },
	});
}

export async function closeClickhouse(): Promise<void> {
	const client = shared.spanwiseClickhouse;
	shared.spanwiseClickhouse = undefined;
	await client?.close();
}
