import { z } from "zod";
import { command } from "@/lib/clickhouse/command";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, type Sql, sql } from "@/lib/clickhouse/sql";

/** Before the last span that was stored: blocks are on their way for less. */
const REACH_SECONDS = 60;

const VERSION: Sql = sql`sipHash64(project_id, trace_id, span_id, inserted_at)`;

const Row = z.object({ spans: z.coerce.number() });
const Latest = z.object({ latest: z.string() });

/**
 * An insert goes to `spans` and then to what views make of it. When the store is killed in between, and the sender does not come
 * back, a span is kept that no list shows and no book counts. Such spans, stored between two moments, are written again, by which
 * they are listed and counted as arriving once. Returns how many there were; safe to repeat. Throws `unavailable`.
 */
export async function finishBrokenInserts({ since, until }: { since: Date; until: Date }): Promise<number> {
	const stored = sql`inserted_at >= ${dateTime64(since)}`;
	// Not FINAL: that would open every part. A version that another one replaced is found too, and left out below.
	const suspects = sql`
		SELECT project_id, trace_id, span_id, inserted_at FROM spans
		WHERE ${stored} AND inserted_at < ${dateTime64(until)} AND expires_at > now64(3)
			AND ${VERSION} NOT IN (SELECT ${VERSION} FROM spans_by_time WHERE ${stored})`;
	if ((await count(sql`SELECT count() AS spans FROM (${suspects})`)) === 0) return 0;
	const broken = sql`spans FINAL WHERE (project_id, trace_id, span_id, inserted_at) IN (${suspects})`;
	const spans = await count(sql`SELECT count() AS spans FROM ${broken}`);
	if (spans === 0) return 0;
	await command(
		"finish broken inserts",
		sql`
			INSERT INTO spans (* EXCEPT(inserted_at))
			SELECT * EXCEPT(inserted_at) REPLACE(
				if(sipHash64(project_id, trace_id, span_id) IN (SELECT identity FROM span_arrivals WHERE ${stored}),
					toDateTime64(0, 3, 'UTC'), received_at) AS received_at)
			FROM ${broken}`,
	);
	return spans;
}

async function count(statement: Sql): Promise<number> {
	const [found] = await query({ name: "count broken inserts", sql: statement, row: Row });
	return found?.spans ?? 0;
}

/** When the store took its last span before a process began: what was on its way then may have been broken off. */
export async function lastStoredBefore(start: Date): Promise<Date | null> {
	const [row] = await query({
		name: "find last stored span",
		sql: sql`
			SELECT toString(max(inserted_at)) AS latest FROM spans WHERE inserted_at < ${dateTime64(start)} HAVING count() > 0`,
		row: Latest,
	});
	return row ? new Date(Date.parse(`${row.latest.replace(" ", "T")}Z`) - REACH_SECONDS * 1000) : null;
}
