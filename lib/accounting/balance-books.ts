import type { Arrivals, CountedArrivals } from "@/lib/accounting/count-arrivals";
import type { CountedRejections, Reasons } from "@/lib/accounting/count-rejected";
import type { Missing } from "@/lib/accounting/find-missing";
import type { IngestCounts, IngestMinute, IngestProject } from "@/lib/accounting/ingest-health";

/** How many spans are in flight. */
export interface CountedInFlight {
	/** By the beginning of the minute, in milliseconds since the epoch. */
	minutes: Map<number, number>;
	/** By project id. */
	projects: Map<string, number>;
}

/** What the books are drawn up from. */
export interface Findings {
	arrived: CountedArrivals;
	rejected: CountedRejections;
	inFlight: CountedInFlight;
	/** Null when it is not known. */
	missing: Missing | null;
}

export interface BalancedBooks {
	total: IngestCounts;
	/** What was received and is in no other account; null when it is not known. */
	missing: number | null;
	minutes: IngestMinute[];
	projects: IngestProject[];
}

/** Draws up the accounts by minute, by project and in all. What is missing was received and is in no other account. */
export function balanceBooks({ arrived, rejected, inFlight, missing }: Findings): BalancedBooks {
	const minutes = accounts<number>({
		arrived: arrived.minutes,
		rejected: rejected.minutes,
		inFlight: inFlight.minutes,
		vanished: missing?.vanished.minutes ?? new Map(),
		unseen: missing?.unseen.minutes ?? new Map(),
	});
	const vanished = [...(missing?.vanished.projects ?? [])].map(([hash, spans]): [string, number] => [
		arrived.projectOfHash.get(hash) ?? "",
		spans,
	]);
	const projects = accounts<string>({
		arrived: arrived.projects,
		rejected: rejected.projects,
		inFlight: inFlight.projects,
		vanished: new Map(vanished),
		unseen: missing?.unseen.projects ?? new Map(),
	});
	const total = [...minutes.values()].reduce(sum, emptyAccount());
	const known = total.stored + total.duplicates + total.rejected + total.inFlight;
	return {
		total: countsOf(total),
		missing: missing === null ? null : total.received - known,
		minutes: [...minutes]
			.map(([minuteMs, account]) => ({ minute: new Date(minuteMs), ...countsOf(account) }))
			.sort((a, b) => a.minute.getTime() - b.minute.getTime()),
		projects: [...projects]
			.map(([projectId, account]) => ({ projectId, ...countsOf(account) }))
			.sort((a, b) => b.received - a.received || (a.projectId < b.projectId ? -1 : 1)),
	};
}

interface Account extends Omit<IngestCounts, "rejectedByReason"> {
	reasons: Reasons;
}

interface Sources<Key> {
	arrived: ReadonlyMap<Key, Arrivals>;
	rejected: ReadonlyMap<Key, Reasons>;
	inFlight: ReadonlyMap<Key, number>;
	vanished: ReadonlyMap<Key, number>;
	unseen: ReadonlyMap<Key, number>;
}

function accounts<Key>({ arrived, rejected, inFlight, vanished, unseen }: Sources<Key>): Map<Key, Account> {
	const keys = new Set([arrived, rejected, inFlight, unseen].flatMap((source) => [...source.keys()]));
	const drawn = new Map<Key, Account>();
	for (const key of keys) {
		const { arrivals, spans } = arrived.get(key) ?? { arrivals: 0, spans: 0 };
		const reasons = rejected.get(key) ?? new Map<string, number>();
		const rejections = [...reasons.values()].reduce((all, count) => all + count, 0);
		const flying = inFlight.get(key) ?? 0;
		drawn.set(key, {
			received: arrivals + rejections + flying + (unseen.get(key) ?? 0),
			// The audit may be a moment older than the count.
			stored: Math.max(0, spans - (vanished.get(key) ?? 0)),
			duplicates: arrivals - spans,
			rejected: rejections,
			inFlight: flying,
			reasons,
		});
	}
	return drawn;
}

function emptyAccount(): Account {
	return { received: 0, stored: 0, duplicates: 0, rejected: 0, inFlight: 0, reasons: new Map() };
}

function sum(a: Account, b: Account): Account {
	const reasons = new Map(a.reasons);
	for (const [reason, count] of b.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
	return {
		received: a.received + b.received,
		stored: a.stored + b.stored,
		duplicates: a.duplicates + b.duplicates,
		rejected: a.rejected + b.rejected,
		inFlight: a.inFlight + b.inFlight,
		reasons,
	};
}

function countsOf({ reasons, ...counts }: Account): IngestCounts {
	const sorted = [...reasons].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
	return { ...counts, rejectedByReason: Object.fromEntries(sorted) };
}
