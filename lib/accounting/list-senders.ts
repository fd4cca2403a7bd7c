import { z } from "zod";
import { type Books, inProjects, inWindow } from "@/lib/accounting/books";
import type { IngestSender } from "@/lib/accounting/ingest-health";
import { query } from "@/lib/clickhouse/query";
import { sql, uint } from "@/lib/clickhouse/sql";

const LISTED_MAX = 100;

const Row = z.object({
	service: z.string(),
	sdk: z.string(),
	convention: z.string(),
	spans: z.string(),
	last_ms: z.string(),
});

/** Who sent spans that arrived, the most spans first, at most a hundred. Throws `unavailable`. */
export async function listSenders(books: Books): Promise<IngestSender[]> {
	const rows = await query({
		name: "list senders",
		sql: sql`
			SELECT service, sdk, convention, count() AS spans, toUnixTimestamp64Milli(max(received_at)) AS last_ms
			FROM span_arrivals WHERE ${inWindow(books)} AND ${inProjects(books)}
			GROUP BY service, sdk, convention
			ORDER BY spans DESC, service, sdk, convention LIMIT ${uint(LISTED_MAX)}`,
		row: Row,
	});
	return rows.map(({ spans, last_ms, ...sender }) => ({
		...sender,
		spans: Number(spans),
		lastAt: new Date(Number(last_ms)),
	}));
}
