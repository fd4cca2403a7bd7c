import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, sql, strings } from "@/lib/clickhouse/sql";
import { utc } from "@/lib/traces/span-row";

const Row = z.object({ latest: z.string() });

/** When a span of the projects arrived last, of those that did after a moment; null when none did. */
export async function findLatestArrival(projectIds: readonly string[], since: Date): Promise<Date | null> {
	const [row] = await query({
		name: "find latest arrival",
		sql: sql`
			SELECT max(inserted_at) AS latest FROM spans
			WHERE project_id IN ${strings(projectIds)} AND inserted_at > ${dateTime64(since)} AND origin != 'judge'
			HAVING count() > 0`,
		row: Row,
	});
	return row ? utc(row.latest) : null;
}
