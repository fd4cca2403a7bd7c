const RELATIVE = /^now(?:-(\d{1,6})(s|m|h|d|w))?$/;
const ISO = /^(\d{4})-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:\.(\d{1,9}))?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const FRACTION = /\.\d+/;
const ZONE = /(?:Z|[+-]\d{2}:\d{2})$/;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** What a moment may look like, for messages. */
export const MOMENT_FORM = "a time such as 2026-11-22T10:30:00Z or now-1h";

/** Whether the text is a moment: ISO 8601 from 1970 to 2499 (UTC unless it names a zone), or `now-15m` and the like. */
export function isMoment(text: string): boolean {
	return nanosAt(text, new Date(0)) !== null;
}

/** A moment in nanoseconds since the epoch, `now` being what it says; null when it is none. Never before the epoch. */
export function nanosAt(text: string, now: Date): bigint | null {
	const relative = RELATIVE.exec(text);
	if (relative) {
		const [, count = "0", unit = "s"] = relative;
		return notNegative(BigInt(now.getTime()) - BigInt(count) * BigInt((SECONDS[unit] ?? 0) * 1000), 0n);
	}
	const absolute = ISO.exec(text);
	const year = Number(absolute?.[1]);
	if (!absolute || year < 1970 || year >= 2500) return null;
	const whole = text.replace(FRACTION, "");
	const millis = Date.parse(!whole.includes("T") || ZONE.test(whole) ? whole : `${whole}Z`);
	return Number.isNaN(millis) ? null : notNegative(BigInt(millis), BigInt((absolute[2] ?? "").padEnd(9, "0")));
}

function notNegative(millis: bigint, nanos: bigint): bigint {
	const sum = millis * 1_000_000n + nanos;
	return sum < 0n ? 0n : sum;
}
