import { z } from "zod";
import { type Books, inProjects, inWindow } from "@/lib/accounting/books";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";

const Row = z.object({ arrivals: z.string(), lag_ms: z.array(z.number().nullable()) });

/**
 * How long spans took from the door to the store, by the clocks of both; null without arrivals. The percentiles are of a
 * sample when there are many. Throws `unavailable`.
 */
export async function measureLag(books: Books): Promise<{ p50Ms: number; p99Ms: number } | null> {
	const [row] = await query({
		name: "measure ingest lag",
		sql: sql`
			SELECT count() AS arrivals, quantiles(0.5, 0.99)(
				greatest(0, toUnixTimestamp64Milli(inserted_at) - toUnixTimestamp64Milli(received_at))) AS lag_ms
			FROM span_arrivals WHERE ${inWindow(books)} AND ${inProjects(books)}`,
		row: Row,
	});
	const [p50Ms, p99Ms] = row?.lag_ms ?? [];
	if (!row || row.arrivals === "0" || p50Ms == null || p99Ms == null) return null;
	return { p50Ms, p99Ms };
}
