import { z } from "zod";
import { type Books, covers, inProjects, inWindow } from "@/lib/accounting/books";
import type { RefusedRequests, RejectedSpans } from "@/lib/accounting/ingest-health";
import { ledger, type RefusalKey, type Series } from "@/lib/accounting/ledger";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, string, uint } from "@/lib/clickhouse/sql";

/** Counts by reason. */
export type Reasons = Map<string, number>;

/** What was not taken in a window. */
export interface CountedRefusals {
	/** Rejected spans by the beginning of the minute, in milliseconds since the epoch. */
	minutes: Map<number, Reasons>;
	/** Rejected spans by project id. */
	projects: Map<string, Reasons>;
	/** The latest first. */
	rejections: RejectedSpans[];
	/** The latest first. */
	requests: RefusedRequests[];
}

/** What this process counted at one moment, for the series that it has not closed. */
export interface OwnRefusals {
	process: string;
	lastNumber: number;
	series: readonly Readonly<Series<RefusalKey>>[];
}

const LISTED_MAX = 100;
const SAMPLES_MAX = 20;

const Totals = z.object({
	by_minute: z.boolean(),
	minute_s: z.number(),
	project_id: z.string(),
	reasons: z.record(z.string(), z.string()),
});
const Rejections = z.object({
	reason: z.string(),
	sender: z.string(),
	spans: z.string(),
	samples: z.array(z.string()),
	last_ms: z.string(),
});
const Requests = z.object({
	status: z.number(),
	reason: z.string(),
	signal: z.string(),
	sender: z.string(),
	requests: z.string(),
	last_ms: z.string(),
});

/** A copy of what this process counted, for the readers below. */
export function ownRefusals(): OwnRefusals {
	const series = [...ledger.refusals.values()].map((own) => ({ ...own, samples: [...own.samples] }));
	return { process: ledger.process, lastNumber: ledger.lastNumber, series };
}

/**
 * Counts what was not taken. Of this process' own open counts the given copy is taken, not what the store has of them, so
 * that they are as of one moment. Throws `unavailable`.
 */
export async function countRefusalsOf(books: Books, own: OwnRefusals): Promise<CountedRefusals> {
	const counts = latestCounts(books, own);
	const [totals, rejections, requests] = await Promise.all([
		query({
			name: "count rejected spans",
			sql: sql`
				SELECT grouping(minute) = 0 AS by_minute, toUnixTimestamp(minute) AS minute_s, project_id,
					sumMap(map(reason, count)) AS reasons
				FROM (${counts}) WHERE level = 'span' AND ${inProjects(books)}
				GROUP BY GROUPING SETS ((minute), (project_id))`,
			row: Totals,
		}),
		query({
			name: "list rejected spans",
			sql: sql`
				SELECT reason, sender, sum(count) AS spans, groupUniqArrayArray(${uint(SAMPLES_MAX)})(samples) AS samples,
					toUnixTimestamp64Milli(max(last_at)) AS last_ms
				FROM (${counts}) WHERE level = 'span' AND ${inProjects(books)}
				GROUP BY reason, sender ORDER BY last_ms DESC LIMIT ${uint(LISTED_MAX)}`,
			row: Rejections,
		}),
		query({
			name: "list refused requests",
			sql: sql`
				SELECT status, reason, signal, sender, sum(count) AS requests, toUnixTimestamp64Milli(max(last_at)) AS last_ms
				FROM (${counts}) WHERE level = 'request'
				GROUP BY status, reason, signal, sender ORDER BY last_ms DESC LIMIT ${uint(LISTED_MAX)}`,
			row: Requests,
		}),
	]);
	const found = { minutes: new Map<number, Reasons>(), projects: new Map<string, Reasons>() };
	for (const { by_minute, minute_s, project_id, reasons } of totals) {
		for (const [reason, count] of Object.entries(reasons)) {
			if (by_minute) addReason(found.minutes, minute_s * 1000, reason, Number(count));
			else addReason(found.projects, project_id, reason, Number(count));
		}
	}
	return withOwn(books, own, { ...found, rejections: rejections.map(rejectedSpans), requests: requests.map(refused) });
}
