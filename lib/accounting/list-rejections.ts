import { z } from "zod";
import { type Books, covers, inProjects, inWindow } from "@/lib/accounting/books";
import type { RejectedSpans } from "@/lib/accounting/ingest-health";
import { type OwnRefusals, storedRefusals } from "@/lib/accounting/own-refusals";
import { query } from "@/lib/clickhouse/query";
import { sql, uint } from "@/lib/clickhouse/sql";

const LISTED_MAX = 100;
const SAMPLES_MAX = 20;

const Row = z.object({
	reason: z.string(),
	sender: z.string(),
	spans: z.string(),
	samples: z.array(z.string()),
	last_ms: z.string(),
});

/** Rejected spans by reason and sender, the latest first, at most a hundred. Throws `unavailable`. */
export async function listRejections(books: Books, own: OwnRefusals): Promise<RejectedSpans[]> {
	const rows = await query({
		name: "list rejected spans",
		sql: sql`
			SELECT reason, sender, sum(refused) AS spans, groupUniqArrayArray(20)(ids) AS samples,
				toUnixTimestamp64Milli(max(latest)) AS last_ms
			FROM (${storedRefusals("span", inWindow(books), own)}) WHERE ${inProjects(books)}
			GROUP BY reason, sender ORDER BY last_ms DESC LIMIT ${uint(LISTED_MAX)}`,
		row: Row,
	});
	const listed = new Map<string, RejectedSpans>();
	for (const { reason, sender, spans, samples, last_ms } of rows) {
		const lastAt = new Date(Number(last_ms));
		listed.set(`${sender}\n${reason}`, { reason, sender, spans: Number(spans), samples, lastAt });
	}
	for (const { key, count, samples, lastMs } of own.series) {
		if (key.level !== "span" || key.minuteMs < books.fromMs || !covers(books, key.projectId)) continue;
		const { reason, sender } = key;
		const known = listed.get(`${sender}\n${reason}`) ?? { reason, sender, spans: 0, samples: [], lastAt: new Date(0) };
		listed.set(`${sender}\n${reason}`, {
			...known,
			spans: known.spans + count,
			samples: [...new Set([...known.samples, ...samples])].slice(0, SAMPLES_MAX),
			lastAt: new Date(Math.max(known.lastAt.getTime(), lastMs)),
		});
	}
	return [...listed.values()].sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime()).slice(0, LISTED_MAX);
}
