import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { z } from "zod";
import { sleep } from "@/lib/time";

const Table = z.object({ table: z.string(), bytes: z.coerce.number(), engine: z.string() });

const Merges = z.object({ running: z.coerce.number() });
const SETTLE_MS_MAX = 15_000;

/** Bytes on disk of every table that holds something, largest first. */
export type Storage = { table: string; bytes: number }[];

/** Waits until ClickHouse merges nothing any more, for a while at most: what went before should not cost what comes next. */
export async function mergesSettle(clickhouseUrl: string): Promise<void> {
	const client = createClient({ url: clickhouseUrl });
	const deadline = performance.now() + SETTLE_MS_MAX;
	try {
		for (let running = 1; running > 0 && performance.now() < deadline; ) {
			await sleep(200);
			const answer = await client.query({
				query: "SELECT count() AS running FROM system.merges",
				format: "JSONEachRow",
			});
			running = z.array(Merges).parse(await answer.json())[0]?.running ?? 0;
		}
	} finally {
		await client.close();
	}
}

/** What is stored as it lies there now, and once every part of a table is merged into one. */
export async function measureStorage(clickhouseUrl: string): Promise<{ before: Storage; merged: Storage }> {
	const client = createClient({
		url: clickhouseUrl,
		request_timeout: 120_000,
		log: { level: ClickHouseLogLevel.OFF },
	});
	try {
		const read = async () => {
			const answer = await client.query({
				query: `SELECT table, sum(bytes_on_disk) AS bytes, any(engine) AS engine FROM system.parts
					WHERE active AND database = currentDatabase() AND table != 'schema_migrations' AND rows > 0
					GROUP BY table ORDER BY bytes DESC`,
				format: "JSONEachRow",
			});
			return z.array(Table).parse(await answer.json());
		};
		const before = await read();
		for (const { table } of before) await client.command({ query: `OPTIMIZE TABLE ${table} FINAL` });
		return { before, merged: await read() };
	} finally {
		await client.close();
	}
}
