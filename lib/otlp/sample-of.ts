const CHARS_MAX = 80;

/** What helps a sender to find a rejected span or log record: its ids as they came, e.g. `abcd/-`; empty when it has none. */
export function sampleOf(traceId: string, spanId: string): string {
	if (traceId === "" && spanId === "") return "";
	return `${traceId || "-"}/${spanId || "-"}`.slice(0, CHARS_MAX).toWellFormed();
}
