import { z } from "zod";
import { type Books, covers, inProjects, inWindow, latestArrival, latestMinute } from "@/lib/accounting/books";
import { query } from "@/lib/clickhouse/query";
import { sql, uint } from "@/lib/clickhouse/sql";
import { isAppError } from "@/lib/errors";
import { sleep } from "@/lib/time";

/** Numbers of spans by where their latest arrival counts. */
export interface Tally {
	/** By the beginning of the minute, in milliseconds since the epoch. */
	minutes: Map<number, number>;
	/** By project. */
	projects: Map<string, number>;
}

export interface Missing {
	/** Spans that arrived, have not expired and are not kept; projects by the hash of their id. */
	vanished: Tally;
	/** Spans that senders were told are stored, beyond all that arrived; projects by their id. */
	unseen: Tally;
}

const TIMEOUT_SECONDS = 8;
/** Arrivals younger than this are left for the next audit: they may be on their way. */
const SETTLED_SECONDS = 3;
/** A span that expires within this time may be gone before its table is read. */
const EXPIRING_SECONDS = 60;
const ATTEMPTS_MAX = 3;
const ATTEMPT_PAUSE_MS = 300;
const REUSED_MS = 2000;
/** A dear audit is not repeated at once. */
const REUSED_TIMES = 5;
const REUSED_MS_MAX = 30_000;
const KEPT_MAX = 50;

const Row = z.object({ by_minute: z.coerce.boolean(), minute_s: z.string(), project: z.string(), spans: z.string() });
type Row = z.infer<typeof Row>;

interface Audit {
	found: Promise<Missing | null>;
	/** By `performance.now()`; not before it has ended. */
	staleAt: number;
}

const audits = new Map<string, Audit>();

/**
 * Compares the books with the spans that are kept. Null when that took too long: not known. An answer is given again for two
 * seconds, or for five times as long as it took.
 */
export function findMissing(books: Books): Promise<Missing | null> {
	const key = JSON.stringify(books);
	const known = audits.get(key);
	if (known && performance.now() < known.staleAt) return known.found;
	const startedAt = performance.now();
	const audit: Audit = { found: compare(books), staleAt: Number.POSITIVE_INFINITY };
	audits.delete(key);
	audits.set(key, audit);
	const [oldest] = audits.keys();
	if (oldest !== undefined && audits.size > KEPT_MAX) audits.delete(oldest);
	const end = () => {
		const tookMs = performance.now() - startedAt;
		audit.staleAt = performance.now() + Math.min(REUSED_MS_MAX, Math.max(REUSED_MS, REUSED_TIMES * tookMs));
	};
	void audit.found.then(end, () => audits.delete(key));
	return audit.found;
}

async function compare(books: Books): Promise<Missing | null> {
	for (let attempt = 1; ; attempt++) {
		try {
			const [vanished, unseen] = await Promise.all([findVanished(books), findUnseen(books)]);
			// The tables are looked at one after the other, so what is stored in between looks lost: it is not the next time.
			if (attempt === ATTEMPTS_MAX || vanished.length + unseen.length === 0) {
				return { vanished: tallyOf(vanished), unseen: tallyOf(unseen) };
			}
		} catch (error) {
			if (isAppError(error) && error.code === "unavailable") return null;
			throw error;
		}
		await sleep(ATTEMPT_PAUSE_MS);
	}
}

function findVanished(books: Books): Promise<Row[]> {
	// A span that named no project may have been moved to one since.
	const movable = covers(books, "");
	const kept = movable
		? sql`arrayJoin([sipHash64(project_id, trace_id, span_id), sipHash64('', trace_id, span_id)])`
		: sql`sipHash64(project_id, trace_id, span_id)`;
	const among = movable ? sql`true` : inProjects(books);
	const arrived = sql`${inWindow(books)} AND ${inProjects(books)}`;
	return query({
		name: "find vanished spans",
		// Only what is not kept is grouped, which is next to nothing.
		sql: sql`
			SELECT grouping(minute_s) = 0 AS by_minute, toString(minute_s) AS minute_s, toString(hash) AS project, count() AS spans
			FROM (
				SELECT identity, ${latestMinute(books, latestArrival(books))} AS minute_s, any(sipHash64(project_id)) AS hash
				FROM span_arrivals
				WHERE ${arrived} AND expires_at > now() + ${uint(EXPIRING_SECONDS)}
					AND inserted_at < now64(6) - toIntervalSecond(${uint(SETTLED_SECONDS)})
					AND identity NOT IN (
						SELECT ${kept} FROM spans
						WHERE inserted_at >= (SELECT min(inserted_at) FROM span_arrivals WHERE ${arrived})
							AND expires_at > now64(3) AND ${among}
					)
				GROUP BY identity
			)
			GROUP BY GROUPING SETS ((minute_s), (hash))
			SETTINGS max_bytes_before_external_group_by = 268435456, max_memory_usage = 2147483648`,
		row: Row,
		timeoutSeconds: TIMEOUT_SECONDS,
	});
}

function findUnseen(books: Books): Promise<Row[]> {
	const part = sql`${inWindow(books)} AND ${inProjects(books)}`;
	return query({
		name: "find acknowledged spans that never arrived",
		sql: sql`
			SELECT grouping(minute) = 0 AS by_minute, toString(toUnixTimestamp(minute)) AS minute_s, project_id AS project,
				sum(acknowledged - arrived) AS spans
			FROM (
				SELECT minute, project_id, sum(told) AS acknowledged FROM (
					SELECT minute, project_id, max(spans) AS told FROM ingest_acknowledgements WHERE ${part}
					GROUP BY minute, project_id, process, series
				) GROUP BY minute, project_id
			) AS told
			LEFT JOIN (
				SELECT minute, project_id, count() AS arrived FROM span_arrivals WHERE ${part} GROUP BY minute, project_id
			) AS seen USING (minute, project_id)
			WHERE acknowledged > arrived
			GROUP BY GROUPING SETS ((minute), (project_id))`,
		row: Row,
		timeoutSeconds: TIMEOUT_SECONDS,
	});
}

function tallyOf(rows: readonly Row[]): Tally {
	const tally: Tally = { minutes: new Map(), projects: new Map() };
	for (const { by_minute, minute_s, project, spans } of rows) {
		if (by_minute) tally.minutes.set(Number(minute_s) * 1000, Number(spans));
		else tally.projects.set(project, Number(spans));
	}
	return tally;
}
