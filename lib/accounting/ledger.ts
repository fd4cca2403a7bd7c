import { randomHex } from "@/lib/ids";

/** What makes refusals one entry of the books; a request has no project, a span no signal. */
export interface RefusalKey {
	level: "span" | "request";
	/** The beginning of the minute, in milliseconds since the epoch. */
	minuteMs: number;
	projectId: string;
	/** Of the HTTP answer; 0 for a span left out of a request that was taken. */
	status: number;
	signal: string;
	reason: string;
	sender: string;
}

export interface AcknowledgementKey {
	minuteMs: number;
	projectId: string;
}

/**
 * A count that only grows. Its row says the whole count so far, and the store keeps the greatest: a row that is written
 * twice, or whose answer was lost, counts once. A number is never used again, so series of one key add up.
 */
export interface Series<Key> {
	readonly number: number;
	readonly key: Key;
	count: number;
	/** The greatest count that the store has confirmed. */
	written: number;
	samples: string[];
	lastMs: number;
}

/** Spans of one project that the door received in one millisecond: as precise as the store tells arrivals apart. */
export interface DoorKey {
	readonly projectId: string;
	readonly receivedMs: number;
	/** All spans that were taken in, as far as is remembered. */
	opened: number;
	/** Those nobody knows the end of. */
	open: number;
	/** Those whose senders were told to send again, by reason, while the store may have taken them nevertheless. */
	unsure: Map<string, number>;
	/** When this last changed, by `performance.now()`. */
	changedAt: number;
}

interface Ledger {
	process: string;
	lastNumber: number;
	refusals: Map<string, Series<RefusalKey>>;
	/** How many refusals of a minute and level are told apart. */
	entries: Map<string, number>;
	acknowledgements: Map<string, Series<AcknowledgementKey>>;
	/** With spans that are open or unsure. */
	doors: Map<string, DoorKey>;
	/** Settled a moment ago, oldest first. */
	settled: Map<string, DoorKey>;
	/** The last heartbeat told of spans in flight. */
	heartbeatHeld: boolean;
	heartbeats: number;
	timer: NodeJS.Timeout | undefined;
	/** Ends of background flushes that failed one after the other. */
	failures: number;
	flushing: Promise<boolean> | undefined;
	/** When the store last failed to take a page of the books, by `performance.now()`. */
	failedAt: number;
}

// Next bundles instrumentation and routes separately: what shutdown writes down must be what routes counted.
const shared = globalThis as typeof globalThis & { spanwiseLedger?: Ledger };
shared.spanwiseLedger ??= {
	process: randomHex(8),
	lastNumber: 0,
	refusals: new Map(),
	entries: new Map(),
	acknowledgements: new Map(),
	doors: new Map(),
	settled: new Map(),
	heartbeatHeld: false,
	heartbeats: 0,
	timer: undefined,
	failures: 0,
	flushing: undefined,
	failedAt: Number.NEGATIVE_INFINITY,
};

/** The pages of the books that this process has not closed yet. */
export const ledger: Ledger = shared.spanwiseLedger;

const SAMPLES_MAX = 20;
const OTHER = "(other)";
// Anybody may send under a new name each time. Each step tells less apart, from the sender to the minute; no count is lost.
const COARSER: readonly { perMinute: number; entriesMax: number; coarsen(key: RefusalKey): RefusalKey }[] = [
	{ perMinute: 200, entriesMax: 4000, coarsen: (key) => key },
	{ perMinute: 300, entriesMax: 6000, coarsen: (key) => ({ ...key, sender: OTHER }) },
	{ perMinute: 2000, entriesMax: 8000, coarsen: (key) => ({ ...key, sender: OTHER, reason: OTHER }) },
	{ perMinute: 3000, entriesMax: 10_000, coarsen: (key) => ({ ...key, sender: OTHER, reason: OTHER, projectId: "" }) },
];

export const minuteOf = (ms: number): number => Math.floor(ms / 60_000) * 60_000;

/** Counts refusals in memory; returns the series that took them. */
export function countRefusals(
	key: RefusalKey,
	count: number,
	atMs: number,
	samples: readonly string[],
): Series<RefusalKey> {
	const series = seriesFor(key);
	series.count += count;
	series.lastMs = Math.max(series.lastMs, atMs);
	for (const sample of samples) {
		if (series.samples.length >= SAMPLES_MAX) break;
		if (sample !== "" && !series.samples.includes(sample)) series.samples.push(sample);
	}
	return series;
}

function seriesFor(key: RefusalKey): Series<RefusalKey> {
	const page = `${key.minuteMs} ${key.level}`;
	const entries = ledger.entries.get(page) ?? 0;
	for (const { perMinute, entriesMax, coarsen } of COARSER) {
		const coarse = coarsen(key);
		const id = idOf(coarse);
		const known = ledger.refusals.get(id);
		if (known) return known;
		if (entries >= perMinute || ledger.refusals.size >= entriesMax) continue;
		ledger.entries.set(page, entries + 1);
		return newSeries(ledger.refusals, id, coarse);
	}
	const overflow = { ...key, sender: OTHER, reason: OTHER, projectId: "", status: 0, signal: "" };
	const id = `overflow ${key.level}`;
	return ledger.refusals.get(id) ?? newSeries(ledger.refusals, id, overflow);
}

/** Forgets minutes before the given one, except what the store does not know of them; what comes later is a new series. */
export function forgetMinutes(beforeMs: number): void {
	for (const pages of [ledger.refusals, ledger.acknowledgements]) {
		for (const [id, { key, count, written }] of pages) {
			if (count === written && key.minuteMs < beforeMs) pages.delete(id);
		}
	}
	for (const page of ledger.entries.keys()) {
		if (Number.parseInt(page, 10) < beforeMs) ledger.entries.delete(page);
	}
}

const idOf = (key: RefusalKey): string =>
	[key.level, key.minuteMs, key.projectId, key.status, key.signal, key.reason, key.sender].join("\n");

/** Counts spans that a sender was told are stored. */
export function countAcknowledged(projectId: string, receivedMs: number, spans: number): void {
	const minuteMs = minuteOf(receivedMs);
	const id = `${minuteMs} ${projectId}`;
	const pages = ledger.acknowledgements;
	const series = pages.get(id) ?? newSeries(pages, id, { minuteMs, projectId });
	series.count += spans;
}

function newSeries<Key>(pages: Map<string, Series<Key>>, id: string, key: Key): Series<Key> {
	ledger.lastNumber += 1;
	const series = { number: ledger.lastNumber, key, count: 0, written: 0, samples: [], lastMs: 0 };
	pages.set(id, series);
	return series;
}
