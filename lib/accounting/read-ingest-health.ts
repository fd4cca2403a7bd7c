import { balanceBooks, type CountedInFlight } from "@/lib/accounting/balance-books";
import { type Books, covers, doorId } from "@/lib/accounting/books";
import { countArrivals } from "@/lib/accounting/count-arrivals";
import { countRejected } from "@/lib/accounting/count-rejected";
import { findMissing } from "@/lib/accounting/find-missing";
import type { IngestFailure, IngestHealth, RefusedRequests, RejectedSpans } from "@/lib/accounting/ingest-health";
import { ledger, minuteOf } from "@/lib/accounting/ledger";
import { type HeldSpans, listHeartbeats } from "@/lib/accounting/list-heartbeats";
import { listRefusedRequests } from "@/lib/accounting/list-refused-requests";
import { listRejections } from "@/lib/accounting/list-rejections";
import { listSenders } from "@/lib/accounting/list-senders";
import { measureLag } from "@/lib/accounting/measure-lag";
import { ownRefusals } from "@/lib/accounting/own-refusals";
import { invalidInput } from "@/lib/errors";

/** A day before the oldest pages are thrown away. */
export const MINUTES_MAX = 7 * 24 * 60;
const MINUTE_MS = 60_000;
/** More moments do not fit into one statement; what is in flight of others counts once it is stored. */
const MOMENTS_MAX = 8000;

/** Counting this many takes a second and more, which pages that look again every few seconds must not ask for each time. */
const DEAR_SPANS = 2_000_000;
const DEAR_MS = 20_000;
const DEAR_MAX = 20;

interface Window {
	/** Null: all projects, and spans that named none. */
	projectIds: readonly string[] | null;
	/** The last ones, the current one included. */
	minutes: number;
}

const dear = new Map<string, { health: Promise<IngestHealth>; staleAt: number }>();

/**
 * The books of the last `minutes` minutes, the current one included: what became of the spans that arrived for the given
 * projects (null: for all and for none). Throws `unavailable` when the store does not answer, and `invalid_input` for a
 * window longer than seven days. An answer over millions of spans is given again for twenty seconds.
 *
 * The numbers fit each other while spans keep arriving. What this process holds, in flight or refused, is copied at one moment
 * before the store is asked. A span that is stored between that moment and the answer would be counted in flight and as an
 * arrival; so arrivals are counted by the millisecond of receipt too, for all spans that are in flight, and taken off.
 */
export async function readIngestHealth(window: Window): Promise<IngestHealth> {
	const { minutes } = window;
	if (!Number.isInteger(minutes) || minutes < 1 || minutes > MINUTES_MAX) {
		throw invalidInput(`minutes: must be a whole number from 1 to ${MINUTES_MAX}`);
	}
	const key = JSON.stringify([window.projectIds, minutes]);
	const known = dear.get(key);
	if (known && performance.now() < known.staleAt) return known.health;
	const health = drawUp(window);
	// Whoever asks while a dear answer is found out once more waits for the same one.
	if (known) dear.set(key, { health, staleAt: Number.POSITIVE_INFINITY });
	try {
		const { received } = await health;
		dear.delete(key);
		if (received > DEAR_SPANS) dear.set(key, { health, staleAt: performance.now() + DEAR_MS });
	} catch (error) {
		dear.delete(key);
		throw error;
	}
	const [oldest] = dear.keys();
	if (oldest !== undefined && dear.size > DEAR_MAX) dear.delete(oldest);
	return health;
}

async function drawUp({ projectIds, minutes }: Window): Promise<IngestHealth> {
	const to = new Date();
	const books: Books = { projectIds, fromMs: minuteOf(to.getTime()) - (minutes - 1) * MINUTE_MS };
	const auditing = findMissing(books);
	// Awaited last; a failure of what is awaited before must not leave this one unhandled.
	auditing.catch(() => undefined);
	const own = ownRefusals();
	const ownHeld = heldSpans();
	const [rejected, rejections, refusedRequests] = await Promise.all([
		countRejected(books, own),
		listRejections(books, own),
		listRefusedRequests({ sinceMs: books.fromMs, own }),
	]);
	const held = [...ownHeld, ...(await listHeartbeats())].filter(
		({ projectId, receivedMs }) => receivedMs >= books.fromMs && covers(books, projectId),
	);
	const moments = new Set([...new Set(held.map(({ receivedMs }) => receivedMs))].slice(0, MOMENTS_MAX));
	const [arrived, senders, lag] = await Promise.all([
		countArrivals(books, moments),
		listSenders(books),
		measureLag(books),
	]);
	const counted = held.filter(({ receivedMs }) => moments.has(receivedMs));
	const balanced = balanceBooks({
		arrived,
		rejected,
		inFlight: restInFlight(counted, arrived.doors),
		missing: await auditing,
	});
	return {
		from: new Date(books.fromMs),
		to,
		...balanced.total,
		missing: balanced.missing,
		balanced: balanced.missing === null ? null : balanced.missing === 0,
		minutes: balanced.minutes,
		projects: balanced.projects,
		senders,
		rejections,
		refusedRequests,
		lastError: lastError(rejections[0], refusedRequests[0]),
		lag,
	};
}

/** What this process holds in flight. */
function heldSpans(): HeldSpans[] {
	return [...ledger.doors.values()].map(({ projectId, receivedMs, opened, open, unsure }) => ({
		projectId,
		receivedMs,
		opened,
		spans: open + [...unsure.values()].reduce((sum, spans) => sum + spans, 0),
	}));
}

/** Spans in flight that have not arrived in the store; `arrived` counts those that have by door. */
function restInFlight(held: readonly HeldSpans[], arrived: ReadonlyMap<string, number>): CountedInFlight {
	const doors = new Map<string, HeldSpans>();
	for (const door of held) {
		const id = doorId(door.receivedMs, door.projectId);
		// Another process may have received something for the project in the same millisecond.
		const known = doors.get(id);
		doors.set(id, {
			...door,
			opened: door.opened + (known?.opened ?? 0),
			spans: door.spans + (known?.spans ?? 0),
		});
	}
	const counted: CountedInFlight = { minutes: new Map(), projects: new Map() };
	for (const [id, { projectId, receivedMs, opened, spans }] of doors) {
		const rest = Math.min(spans, Math.max(0, opened - (arrived.get(id) ?? 0)));
		if (rest === 0) continue;
		const minuteMs = minuteOf(receivedMs);
		counted.minutes.set(minuteMs, (counted.minutes.get(minuteMs) ?? 0) + rest);
		counted.projects.set(projectId, (counted.projects.get(projectId) ?? 0) + rest);
	}
	return counted;
}

function lastError(rejection: RejectedSpans | undefined, refused: RefusedRequests | undefined): IngestFailure | null {
	if (refused && (!rejection || refused.lastAt >= rejection.lastAt)) {
		return { status: refused.status, reason: refused.reason, sender: refused.sender, at: refused.lastAt };
	}
	if (!rejection) return null;
	return { status: null, reason: rejection.reason, sender: rejection.sender, at: rejection.lastAt };
}
