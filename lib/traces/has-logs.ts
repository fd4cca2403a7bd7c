import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";
import { env } from "@/lib/env";
import { DAY_MS, sleep } from "@/lib/time";

const Row = z.object({ kept: z.number() });

/** For so long after a look a process may believe that there is no log record. */
const BELIEVED_MS = 1000;
/** Clocks run at different speeds, and timers ring a little early. */
const MARGIN_MS = 100;
/** Who wrote a record within this time knows that everybody sees it, unless records are kept for less than twice as long. */
const REMEMBERED_MS = 60 * 60 * 1000;

let seen = false;
let absentAt = Number.NEGATIVE_INFINITY;
let firstWrittenAt = Number.NEGATIVE_INFINITY;
let lastWrittenAt = Number.NEGATIVE_INFINITY;

/**
 * Whether log records are kept, of any project. Most senders write none, and every batch of spans asks: a no counts for a
 * second, a yes for as long as the process lives. Who writes records makes up for it, see `logsAreSeen`.
 */
export async function hasLogs({ timeoutSeconds }: { timeoutSeconds?: number } = {}): Promise<boolean> {
	const askedAt = performance.now();
	if (seen || askedAt - absentAt < BELIEVED_MS) return seen;
	const rows = await query({
		name: "has logs",
		sql: sql`SELECT 1 AS kept FROM span_logs LIMIT 1`,
		row: Row,
		timeoutSeconds,
	});
	if (rows.length > 0) seen = true;
	else absentAt = askedAt;
	return seen;
}

/**
 * Call it when log records have been stored. Resolves once no process may believe any more that there are none: at once,
 * but for the first records in an hour, which take a second.
 */
export async function logsAreSeen(): Promise<void> {
	const now = performance.now();
	const rememberedMs = Math.min(REMEMBERED_MS, (env().SPANWISE_TRACE_RETENTION_DAYS * DAY_MS) / 2);
	if (now - lastWrittenAt > rememberedMs) firstWrittenAt = now;
	lastWrittenAt = now;
	const left = firstWrittenAt + BELIEVED_MS + MARGIN_MS - now;
	if (left > 0) await sleep(left);
}
