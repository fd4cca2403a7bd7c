import { parseRetryAfter } from "@/lib/http/retry-after";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** The waits of an Inngest server, to each of which it adds up to half a minute. */
const SCHEDULE = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200].map((seconds) => seconds * SECOND);
const JITTER = 30 * SECOND;

export type Backoff = (attempt: number) => number;

/** Milliseconds to wait after the failed attempt number `attempt`, counted from 0. */
export function scheduledBackoff(attempt: number, random: () => number = Math.random): number {
	return (SCHEDULE[Math.min(attempt, SCHEDULE.length - 1)] ?? 0) + random() * JITTER;
}

/** Milliseconds that a `retry-after` header asks to wait, at most a day; undefined when it says nothing readable. */
export function askedDelay(header: string | undefined, now?: number): number | undefined {
	const askedMs = parseRetryAfter(header, now);
	return askedMs === undefined ? undefined : Math.min(askedMs, DAY);
}
