import { z } from "zod";
import { type Books, covers, inProjects, inWindow } from "@/lib/accounting/books";
import { type OwnRefusals, storedRefusals } from "@/lib/accounting/own-refusals";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";

/** How many spans were rejected for which reason. */
export type Reasons = Map<string, number>;

export interface CountedRejections {
	/** By the beginning of the minute, in milliseconds since the epoch. */
	minutes: Map<number, Reasons>;
	/** By project id. */
	projects: Map<string, Reasons>;
}

const Row = z.object({
	by_minute: z.coerce.boolean(),
	minute_s: z.number(),
	project_id: z.string(),
	reasons: z.record(z.string(), z.string()),
});

/** Counts rejected spans by minute and by project. Throws `unavailable`. */
export async function countRejected(books: Books, own: OwnRefusals): Promise<CountedRejections> {
	const rows = await query({
		name: "count rejected spans",
		sql: sql`
			SELECT grouping(minute) = 0 AS by_minute, toUnixTimestamp(minute) AS minute_s, project_id,
				sumMap(map(reason, refused)) AS reasons
			FROM (${storedRefusals("span", inWindow(books), own)}) WHERE ${inProjects(books)}
			GROUP BY GROUPING SETS ((minute), (project_id))`,
		row: Row,
	});
	const counted: CountedRejections = { minutes: new Map(), projects: new Map() };
	for (const { by_minute, minute_s, project_id, reasons } of rows) {
		for (const [reason, count] of Object.entries(reasons)) {
			if (by_minute) add(counted.minutes, minute_s * 1000, reason, Number(count));
			else add(counted.projects, project_id, reason, Number(count));
		}
	}
	for (const { key, count } of own.series) {
		if (key.level !== "span" || key.minuteMs < books.fromMs || !covers(books, key.projectId)) continue;
		add(counted.minutes, key.minuteMs, key.reason, count);
		add(counted.projects, key.projectId, key.reason, count);
	}
	return counted;
}

function add<Key>(counted: Map<Key, Reasons>, key: Key, reason: string, count: number): void {
	const reasons = counted.get(key) ?? new Map<string, number>();
	reasons.set(reason, (reasons.get(reason) ?? 0) + count);
	counted.set(key, reasons);
}
