import { insert } from "@/lib/clickhouse/insert";
import { AppError } from "@/lib/errors";
import type { Span } from "@/lib/span/span";
import { toSpanRow } from "@/lib/traces/span-row";
import type { StoredSpan } from "@/lib/traces/trace";

/**
 * Stores spans and returns once ClickHouse has them; a span stored before is replaced. With `keepArrival` the spans must be
 * stored ones: each replaces the row it was read from and nothing newer, and does not count as arriving now.
 */
export function writeSpans(spans: readonly Span[]): Promise<void>;
export function writeSpans(spans: readonly StoredSpan[], options: { keepArrival: true }): Promise<void>;
export async function writeSpans(
	spans: readonly (Span | StoredSpan)[],
	options?: { keepArrival: true },
): Promise<void> {
	await insert("spans", spans.map(options?.keepArrival ? toRewrittenRow : toSpanRow));
}

function toRewrittenRow(span: Span | StoredSpan): object {
	if (!("insertedAtText" in span)) throw new AppError("internal", "Only a stored span can keep its arrival");
	return {
		...toSpanRow(span),
		derive_version: span.deriveVersion,
		inserted_at: microsecondLater(span.insertedAtText),
	};
}

/** `2026-11-22 03:10:40.123456` plus one microsecond, in the same form: a newer version, yet the same moment to a reader. */
export function microsecondLater(arrival: string): string {
	const [seconds = "", fraction = ""] = arrival.split(".");
	const micros = Number(fraction.padEnd(6, "0").slice(0, 6)) + 1;
	if (micros < 1_000_000) return `${seconds}.${String(micros).padStart(6, "0")}`;
	const next = new Date(new Date(`${seconds.replace(" ", "T")}Z`).getTime() + 1000);
	return `${next.toISOString().slice(0, 19).replace("T", " ")}.000000`;
}
