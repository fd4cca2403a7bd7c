import { z } from "zod";
import type { RefusedRequests } from "@/lib/accounting/ingest-health";
import { minuteOf } from "@/lib/accounting/ledger";
import { type OwnRefusals, ownRefusals, storedRefusals } from "@/lib/accounting/own-refusals";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, sql, uint } from "@/lib/clickhouse/sql";

const LISTED_MAX = 100;
/** One who makes up a new name each time does not hide the others. */
const SENDERS_MAX = 20;

const Row = z.object({
	status: z.number(),
	reason: z.string(),
	signal: z.string(),
	sender: z.string(),
	requests: z.string(),
	last_ms: z.string(),
});

/**
 * Requests that were refused as a whole, by status, reason and sender, the latest first, at most a hundred and
 * twenty senders of each kind: those of which the last came at `sinceMs` (milliseconds since the epoch) or later, counted by whole minutes. Throws `unavailable`.
 */
export async function listRefusedRequests({
	sinceMs,
	own = ownRefusals(),
}: {
	sinceMs: number;
	own?: OwnRefusals;
}): Promise<RefusedRequests[]> {
	const fromMs = minuteOf(sinceMs);
	const window = sql`minute >= ${dateTime64(new Date(fromMs))}`;
	const rows = await query({
		name: "list refused requests",
		sql: sql`
			SELECT status, reason, signal, sender, sum(refused) AS requests, toUnixTimestamp64Milli(max(latest)) AS last_ms
			FROM (${storedRefusals("request", window, own)})
			GROUP BY status, reason, signal, sender ORDER BY last_ms DESC
			LIMIT ${uint(SENDERS_MAX)} BY status, reason, signal LIMIT ${uint(LISTED_MAX)}`,
		row: Row,
	});
	const listed = new Map<string, RefusedRequests>();
	for (const { requests, last_ms, ...row } of rows) {
		listed.set(idOf(row), { ...row, requests: Number(requests), lastAt: new Date(Number(last_ms)) });
	}
	for (const { key, count, lastMs } of own.series) {
		if (key.level !== "request" || key.minuteMs < fromMs) continue;
		const { status, reason, signal, sender } = key;
		const known = listed.get(idOf(key)) ?? { status, reason, signal, sender, requests: 0, lastAt: new Date(0) };
		const lastAt = new Date(Math.max(known.lastAt.getTime(), lastMs));
		listed.set(idOf(key), { ...known, requests: known.requests + count, lastAt });
	}
	const senders = new Map<string, number>();
	return [...listed.values()]
		.filter(({ lastAt }) => lastAt.getTime() >= sinceMs)
		.sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime())
		.filter((refused) => {
			const kind = idOf({ ...refused, sender: "" });
			senders.set(kind, (senders.get(kind) ?? 0) + 1);
			return (senders.get(kind) ?? 0) <= SENDERS_MAX;
		})
		.slice(0, LISTED_MAX);
}

const idOf = ({ status, reason, signal, sender }: Pick<RefusedRequests, "status" | "reason" | "signal" | "sender">) =>
	[status, signal, sender, reason].join("\n");
