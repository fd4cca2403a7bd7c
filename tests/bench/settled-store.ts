import { createClient } from "@clickhouse/client";
import { z } from "zod";
import { env } from "@/lib/env";
import { sleep } from "@/lib/time";

const TABLES = ["spans", "spans_by_time", "trace_extents"];
const PATIENCE_MS = 3_600_000;
const POLL_MS = 500;

const Merges = z.array(z.object({ running: z.coerce.number() }));
const Partitions = z.array(z.object({ partition: z.string() }));

/**
 * Runs something on a store as it is a day later: weeks of `spans_by_time` are merged, as their setting does then, and other
 * tables as far as they are by themselves. Meanwhile nothing is merged, so nothing gets better by waiting.
 */
export async function onSettledStore<Result>(run: () => Promise<Result>): Promise<Result> {
	const client = createClient({
		url: env().CLICKHOUSE_URL,
		request_timeout: PATIENCE_MS,
		clickhouse_settings: { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: "20000" },
	});
	const command = (query: string) => client.command({ query });
	const read = async (query: string) => (await client.query({ query, format: "JSONEachRow" })).json();
	try {
		const weeks = await read(`SELECT DISTINCT partition FROM system.parts
			WHERE active AND database = currentDatabase() AND table = 'spans_by_time' AND partition < toString(toMonday(now()))`);
		for (const { partition } of Partitions.parse(weeks)) {
			await command(`OPTIMIZE TABLE spans_by_time PARTITION '${partition}' FINAL`);
		}
		for (let running = 1; running > 0; await sleep(POLL_MS)) {
			running = Merges.parse(await read("SELECT count() AS running FROM system.merges"))[0]?.running ?? 0;
		}
		for (const table of TABLES) await command(`SYSTEM STOP MERGES ${table}`);
		try {
			return await run();
		} finally {
			for (const table of TABLES) await command(`SYSTEM START MERGES ${table}`);
		}
	} finally {
		await client.close();
	}
}
