import { insertRowBinary } from "@/lib/clickhouse/insert";
import type { Span } from "@/lib/span/span";
import { arrivalStamp, type SpanStamp, spanRows, WRITTEN_COLUMNS } from "@/lib/traces/span-columns";
import type { StoredSpan } from "@/lib/traces/trace";

interface Arrival {
	/** When the door received them; null when Spanwise writes again what it has. */
	receivedAt: Date | null;
}

/** Stores spans and returns once ClickHouse has them; a span stored before is replaced. Errors as `insertRowBinary`. */
export async function writeSpans(
	spans: readonly Span[],
	{ receivedAt }: Arrival = { receivedAt: null },
): Promise<void> {
	const stamp = arrivalStamp(receivedAt);
	await insertRowBinary(
		"spans",
		WRITTEN_COLUMNS,
		spans.length,
		spanRows(spans, () => stamp),
	);
}

/** As `writeSpans`, for what several requests brought. */
export async function writeArrivals(
	deliveries: readonly { spans: readonly Span[]; receivedAt: Date }[],
): Promise<void> {
	const stamps = new Map<Span, SpanStamp>();
	for (const { spans, receivedAt } of deliveries) {
		const stamp = arrivalStamp(receivedAt);
		for (const span of spans) stamps.set(span, stamp);
	}
	const rows = spanRows([...stamps.keys()], (span) => stamps.get(span) ?? arrivalStamp(null));
	await insertRowBinary("spans", WRITTEN_COLUMNS, stamps.size, rows);
}

/** Stores spans in place of the rows that they were read from, and of nothing newer; none of them counts as arriving now. */
export async function rewriteSpans(spans: readonly StoredSpan[]): Promise<void> {
	await insertRowBinary("spans", REWRITTEN_COLUMNS, spans.length, spanRows(spans, rewritingStamp));
}

const REWRITTEN_COLUMNS = [...WRITTEN_COLUMNS, "inserted_at"];

// A newer version, yet the same moment to a reader.
const rewritingStamp = ({ insertedAtText, deriveVersion }: StoredSpan): SpanStamp => ({
	receivedAt: 0,
	insertedAt: microseconds(insertedAtText) + 1n,
	deriveVersion,
});

/** `2026-11-22 03:10:40.123456` in UTC -> microseconds since the epoch. */
export function microseconds(moment: string): bigint {
	const [seconds = "", fraction = ""] = moment.split(".");
	const millis = BigInt(new Date(`${seconds.replace(" ", "T")}Z`).getTime());
	return millis * 1000n + BigInt(fraction.padEnd(6, "0").slice(0, 6));
}
