import type { ModelErrorKind } from "@/lib/llm/model-error";

const BACKOFF_MS = 2000;
// Limits are counted by the minute; a provider that does not say how long gets more time than a hiccup.
const RATE_LIMIT_BACKOFF_MS = 15_000;
const BACKOFF_MAX_MS = 120_000;
const ASKED_MAX_MS = 3_600_000;
const SPREAD = 0.1;

interface Trouble {
	kind?: ModelErrorKind | undefined;
	retryAfterMs?: number | undefined;
}

/**
 * Milliseconds between a failed attempt (counted from 1) and the next. What the provider asks for, up to an hour and up to a
 * tenth longer, so that tasks which were told the same do not come back together; never earlier than it asks. Without
 * that, or when it asks for less, exponential backoff with full jitter: anything up to 2, 4, 8 ... 120 seconds, after a
 * rate limit up to 15, 30, 60, 120.
 */
export function retryWait({ kind, retryAfterMs }: Trouble, attempt: number, random: () => number): number {
	const base = kind === "rate_limited" && retryAfterMs === undefined ? RATE_LIMIT_BACKOFF_MS : BACKOFF_MS;
	const backoffMs = random() * Math.min(BACKOFF_MAX_MS, base * 2 ** (attempt - 1));
	const askedMs = Math.min(ASKED_MAX_MS, retryAfterMs ?? 0);
	return Math.ceil(Math.max(backoffMs, askedMs + Math.floor(askedMs * SPREAD * random())));
}
