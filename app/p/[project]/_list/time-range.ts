import { DAY_MS } from "@/lib/time";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Spans of time up to now, in milliseconds; null is all there is. */
const RANGES = {
	"15m": { lastsMs: 15 * MINUTE_MS, words: "Last 15 minutes" },
	"1h": { lastsMs: HOUR_MS, words: "Last hour" },
	"6h": { lastsMs: 6 * HOUR_MS, words: "Last 6 hours" },
	"24h": { lastsMs: DAY_MS, words: "Last 24 hours" },
	"7d": { lastsMs: 7 * DAY_MS, words: "Last 7 days" },
	"30d": { lastsMs: 30 * DAY_MS, words: "Last 30 days" },
	all: { lastsMs: null, words: "All time" },
} as const;

export type RangeName = keyof typeof RANGES;

export const RANGE_NAMES = Object.keys(RANGES) as RangeName[];

/** What a list shows when nobody asked for a time and something happened in it. */
export const USUAL_RANGE: RangeName = "24h";

/** A time that is asked for: `range`, or milliseconds since the epoch with `to` apart and null for open. */
export interface TimeChoice {
	range: RangeName | null;
	from: number | null;
	to: number | null;
}

export function readRange(text: string): RangeName | null {
	return RANGE_NAMES.find((name) => name === text) ?? null;
}

export function rangeWords(range: RangeName): string {
	return RANGES[range].words;
}

/** As it stands within a sentence: `the last hour`, `all time`. */
export function rangePhrase(range: RangeName): string {
	return rangeWords(range).toLowerCase().replace(/^last/, "the last");
}

/** Whether anybody asked for a time at all. */
export function isTimeChosen({ range, from, to }: TimeChoice): boolean {
	return range !== null || from !== null || to !== null;
}

/** The chosen time in milliseconds since the epoch, `toMs` apart; null where it is open. */
export function windowOf({ range, from, to }: TimeChoice, now: Date): { fromMs: number | null; toMs: number | null } {
	const lastsMs = range === null ? null : RANGES[range].lastsMs;
	if (lastsMs !== null) return { fromMs: now.getTime() - lastsMs, toMs: null };
	return { fromMs: from, toMs: to };
}

/** The next longer usual time, for a reader who found nothing; null when there is none. */
export function widerRange(choice: TimeChoice, now: Date): RangeName | null {
	const { fromMs } = windowOf(choice, now);
	if (fromMs === null) return choice.to === null ? null : "all";
	const sinceMs = now.getTime() - fromMs;
	return RANGE_NAMES.find((name) => (RANGES[name].lastsMs ?? Number.POSITIVE_INFINITY) > sinceMs) ?? "all";
}
