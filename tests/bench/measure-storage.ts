import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { z } from "zod";

const Sizes = z.array(z.object({ name: z.string(), bytes: z.coerce.number() }));
type Sizes = z.infer<typeof Sizes>;

/** Bytes on disk, largest first. */
export interface Storage {
	/** Of every table that holds something, as it lies there now and once all its parts are merged into one. */
	now: Sizes;
	merged: Sizes;
	/** Of the columns of `spans`, merged. */
	columns: Sizes;
}

export async function measureStorage(clickhouseUrl: string): Promise<Storage> {
	// Merging everything says nothing for longer than the client expects.
	const client = createClient({
		url: clickhouseUrl,
		request_timeout: 120_000,
		log: { level: ClickHouseLogLevel.OFF },
	});
	const read = async (query: string) =>
		Sizes.parse(await (await client.query({ query: `${query} ORDER BY bytes DESC`, format: "JSONEachRow" })).json());
	const readTables = () =>
		read(`SELECT table AS name, sum(bytes_on_disk) AS bytes FROM system.parts
			WHERE active AND database = currentDatabase() AND table != 'schema_migrations' AND rows > 0 GROUP BY table`);
	try {
		const now = await readTables();
		for (const { name } of now) await client.command({ query: `OPTIMIZE TABLE ${name} FINAL` });
		const columns = await read(`SELECT column AS name, sum(column_bytes_on_disk) AS bytes FROM system.parts_columns
			WHERE active AND database = currentDatabase() AND table = 'spans' GROUP BY column`);
		return { now, merged: await readTables(), columns };
	} finally {
		await client.close();
	}
}
