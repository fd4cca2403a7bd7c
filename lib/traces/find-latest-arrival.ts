import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, dateTime64Text, sql, strings } from "@/lib/clickhouse/sql";

const Row = z.object({ latest: z.string() });

/**
 * When a span of the projects arrived last, of those that did after a moment; null when none did. As ClickHouse prints it, because
 * arrivals are told in microseconds: a Date in between would find the same one again and again.
 */
export async function findLatestArrival(projectIds: readonly string[], since: Date | string): Promise<string | null> {
	const moment = typeof since === "string" ? dateTime64Text(since) : dateTime64(since);
	const [row] = await query({
		name: "find latest arrival",
		sql: sql`
			SELECT max(inserted_at) AS latest FROM spans
			WHERE project_id IN ${strings(projectIds)} AND inserted_at > ${moment} AND origin != 'judge'
			HAVING count() > 0`,
		row: Row,
	});
	return row?.latest ?? null;
}
