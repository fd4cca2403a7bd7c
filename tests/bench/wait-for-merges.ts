import { createClient } from "@clickhouse/client";
import { z } from "zod";
import { sleep } from "@/lib/time";

const Merges = z.array(z.object({ running: z.coerce.number() }));
const POLL_MS = 200;
const WAIT_MS_MAX = 15_000;

/** Waits until ClickHouse merges nothing any more, for a while at most: what went before should not cost what comes next. */
export async function waitForMerges(clickhouseUrl: string): Promise<void> {
	const client = createClient({ url: clickhouseUrl });
	const deadline = performance.now() + WAIT_MS_MAX;
	try {
		for (let running = 1; running > 0 && performance.now() < deadline; ) {
			await sleep(POLL_MS);
			const query = "SELECT count() AS running FROM system.merges";
			const answer = await client.query({ query, format: "JSONEachRow" });
			running = Merges.parse(await answer.json())[0]?.running ?? 0;
		}
	} finally {
		await client.close();
	}
}
