import { z } from "zod";
import { doorId, millis } from "@/lib/accounting/books";
import { type DoorKey, minuteOf } from "@/lib/accounting/ledger";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, sql } from "@/lib/clickhouse/sql";

const Row = z.object({ project_id: z.string(), received_ms: z.string(), arrivals: z.string() });

/** How many arrivals the store has of each of the doors, in their order. Throws `unavailable`. */
export async function countDoors(doors: readonly Pick<DoorKey, "projectId" | "receivedMs">[]): Promise<number[]> {
	const moments = doors.map(({ receivedMs }) => receivedMs);
	const [first, last] = [minuteOf(Math.min(...moments)), minuteOf(Math.max(...moments))];
	const rows = await query({
		name: "count arrivals of moments",
		sql: sql`
			SELECT project_id, toUnixTimestamp64Milli(received_at) AS received_ms, count() AS arrivals FROM span_arrivals
			WHERE minute BETWEEN ${dateTime64(new Date(first))} AND ${dateTime64(new Date(last))}
				AND received_ms IN ${millis(moments)}
			GROUP BY project_id, received_ms`,
		row: Row,
	});
	const found = new Map(rows.map((row) => [doorId(row.received_ms, row.project_id), Number(row.arrivals)]));
	return doors.map(({ projectId, receivedMs }) => found.get(doorId(receivedMs, projectId)) ?? 0);
}
