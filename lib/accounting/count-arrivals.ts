import { z } from "zod";
import { type Books, doorId, inProjects, inWindow, latestArrival, latestMinute, millis } from "@/lib/accounting/books";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";

/** How often spans arrived, and how many different ones. */
export interface Arrivals {
	arrivals: number;
	spans: number;
}

/** Arrivals of a window as one look at the store saw them. A span counts where its latest arrival does. */
export interface CountedArrivals {
	/** By the beginning of the minute, in milliseconds since the epoch. */
	minutes: Map<number, Arrivals>;
	/** By project id. */
	projects: Map<string, Arrivals>;
	/** Project ids by the hash that stands for them where there are many rows. */
	projectOfHash: Map<string, string>;
	/** By `${receivedMs} ${projectId}`, of the moments that were asked for. */
	doors: Map<string, number>;
}

const TIMEOUT_SECONDS = 25;

const Row = z.object({
	kind: z.enum(["span", "minute", "door"]),
	by_minute: z.coerce.boolean(),
	minute_s: z.string(),
	hash: z.string(),
	project: z.string(),
	door_ms: z.string(),
	arrivals: z.string(),
	spans: z.string(),
});

/**
 * Counts arrivals by minute, by project and of the given moments, in milliseconds since the epoch. One reading of the table
 * gives all of them, so they fit each other whatever is stored meanwhile. Throws `unavailable`.
 */
export async function countArrivals(books: Books, moments: Iterable<number>): Promise<CountedArrivals> {
	const rows = await query({
		name: "count arrivals",
		sql: sql`
			SELECT kind, grouping(minute_s) = 0 AS by_minute, toString(minute_s) AS minute_s, toString(hash) AS hash,
				any(project) AS project, toString(door_ms) AS door_ms, sum(arrivals) AS arrivals, count() AS spans
			FROM (
				SELECT multiIf(grouping(identity) = 0, 'span', grouping(minute) = 0, 'minute', 'door') AS kind,
					if(kind = 'span', ${latestMinute(books, sql`latest`)}, toUnixTimestamp(minute)) AS minute_s,
					any(sipHash64(project_id)) AS hash, project_id AS project, door_ms, count() AS arrivals,
					${latestArrival(books)} AS latest
				FROM (
					SELECT minute, project_id, inserted_at, identity, toUnixTimestamp64Milli(received_at) AS received_ms,
						if(received_ms IN ${millis(moments)}, received_ms, 0) AS door_ms
					FROM span_arrivals WHERE ${inWindow(books)} AND ${inProjects(books)}
				)
				GROUP BY GROUPING SETS ((identity), (minute), (project_id, door_ms))
			)
			GROUP BY GROUPING SETS ((kind, minute_s), (kind, hash, door_ms))
			SETTINGS max_bytes_before_external_group_by = 268435456`,
		row: Row,
		timeoutSeconds: TIMEOUT_SECONDS,
	});
	const counted: CountedArrivals = {
		minutes: new Map(),
		projects: new Map(),
		projectOfHash: new Map(),
		doors: new Map(),
	};
	const byHash = new Map<string, Arrivals>();
	for (const row of rows) {
		const arrivals = Number(row.arrivals);
		const spans = Number(row.spans);
		if (row.by_minute && row.kind === "minute")
			add(counted.minutes, Number(row.minute_s) * 1000, { arrivals, spans: 0 });
		if (row.by_minute && row.kind === "span") add(counted.minutes, Number(row.minute_s) * 1000, { arrivals: 0, spans });
		if (row.by_minute || row.kind === "minute") continue;
		if (row.kind === "span") {
			add(byHash, row.hash, { arrivals: 0, spans });
			continue;
		}
		counted.projectOfHash.set(row.hash, row.project);
		add(byHash, row.hash, { arrivals, spans: 0 });
		if (row.door_ms !== "0") counted.doors.set(doorId(row.door_ms, row.project), arrivals);
	}
	for (const [hash, project] of counted.projectOfHash) {
		add(counted.projects, project, byHash.get(hash) ?? { arrivals: 0, spans: 0 });
	}
	return counted;
}

function add<Key>(map: Map<Key, Arrivals>, key: Key, { arrivals, spans }: Arrivals): void {
	const known = map.get(key) ?? { arrivals: 0, spans: 0 };
	map.set(key, { arrivals: known.arrivals + arrivals, spans: known.spans + spans });
}
