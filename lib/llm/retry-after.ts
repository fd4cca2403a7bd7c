import { parseDecimal, parseRetryAfter } from "@/lib/http/retry-after";

const UNITS_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;
const DURATION_PART = /(\d+(?:\.\d+)?)(ms|[smhd])/g;
const EPOCH_SECONDS_MIN = 1e9;
const EPOCH_MS_MIN = 1e12;
const RESOURCES = ["requests", "tokens"];

/**
 * How many milliseconds the provider asks to wait, from the headers of a refusal: `retry-after-ms`, `retry-after` (seconds,
 * also with fractions, or a date), and, for a 429 without them, when the limits that were used up are reset
 * (`x-ratelimit-reset-requests: 6m0s`, `x-ratelimit-reset`, `ratelimit-reset`). Zero when that moment has passed, undefined
 * when the provider says nothing readable. As the provider says it: whoever waits sets a limit.
 */
export function readRetryAfter(headers: Headers, status: number, now: number = Date.now()): number | undefined {
	const said = parseDecimal(headers.get("retry-after-ms")) ?? parseRetryAfter(headers.get("retry-after"), now);
	// Only a 429: other answers carry the same headers to tell how much is left.
	return said ?? (status === 429 ? (namedReset(headers) ?? generalReset(headers, now)) : undefined);
}

function namedReset(headers: Headers): number | undefined {
	const resets = RESOURCES.map((resource) => ({
		waitMs: duration(headers.get(`x-ratelimit-reset-${resource}`)),
		usedUp: parseDecimal(headers.get(`x-ratelimit-remaining-${resource}`)) === 0,
	})).filter((reset): reset is { waitMs: number; usedUp: boolean } => reset.waitMs !== undefined);
	const usedUp = resets.filter((reset) => reset.usedUp);
	const waits = (usedUp.length > 0 ? usedUp : resets).map(({ waitMs }) => waitMs);
	return waits.length > 0 ? Math.max(...waits) : undefined;
}

// Seconds from now to some, a moment in seconds or milliseconds since 1970 to others.
function generalReset(headers: Headers, now: number): number | undefined {
	const value = parseDecimal(headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset"));
	if (value === undefined) return undefined;
	if (value < EPOCH_SECONDS_MIN) return value * 1000;
	return Math.max(0, (value < EPOCH_MS_MIN ? value * 1000 : value) - now);
}

function duration(header: string | null): number | undefined {
	const text = header?.trim() ?? "";
	if (!DURATION.test(text)) {
		const seconds = parseDecimal(header);
		return seconds === undefined ? undefined : seconds * 1000;
	}
	return [...text.matchAll(DURATION_PART)].reduce(
		(sum, [, amount, unit = ""]) => sum + Number(amount) * (UNITS_MS[unit] ?? 0),
		0,
	);
}
