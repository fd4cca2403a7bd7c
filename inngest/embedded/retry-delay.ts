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

/**
 * Reads a `retry-after` header: whole seconds, or a date to the millisecond. Undefined when there is none or it cannot
 * be read; at most a day.
 */
export function parseRetryAfter(header: string | undefined, now: number = Date.now()): number | undefined {
	if (!header) return undefined;
	const delay = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now;
	return Number.isNaN(delay) ? undefined : Math.min(Math.max(delay, 0), DAY);
}
