/**
 * Milliseconds that a `Retry-After` header asks to wait: seconds, also with fractions, or a date. Zero when that moment has
 * passed, undefined when there is none or it cannot be read. Source: RFC 9110, 10.2.3.
 */
export function parseRetryAfter(header: string | null | undefined, now: number = Date.now()): number | undefined {
	const seconds = parseDecimal(header);
	if (seconds !== undefined) return seconds * 1000;
	// A date names a day; Date.parse alone reads "-5" and "1.2.3" as dates too.
	const date = header && /[a-z]{3}|\d{4}-\d\d-\d\d/i.test(header) ? Date.parse(header) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A plain decimal number, not negative; undefined for anything else. */
export function parseDecimal(header: string | null | undefined): number | undefined {
	const text = header?.trim() ?? "";
	return /^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}
