const BACKOFF_MS = 30_000;
const BACKOFF_MAX_MS = 3_600_000;
const ASKED_MAX_MS = 86_400_000;

/**
 * Milliseconds between a failed attempt (counted from 1) and the next: exponential backoff with full jitter, anything up to
 * 30 seconds, 1, 2, 4 ... 60 minutes; ten attempts take up to four hours. Never earlier than the receiver asks, up to a
 * day.
 */
export function retryWait(
	{ retryAfterMs }: { retryAfterMs?: number | undefined },
	attempt: number,
	random: () => number,
): number {
	const backoffMs = random() * Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** (attempt - 1));
	return Math.ceil(Math.max(backoffMs, Math.min(ASKED_MAX_MS, retryAfterMs ?? 0)));
}
