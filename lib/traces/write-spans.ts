import { insert } from "@/lib/clickhouse/insert";
import type { Span } from "@/lib/span/span";
import { toSpanRow } from "@/lib/traces/span-row";

/** Stores spans and returns once ClickHouse has them; a span stored before is replaced. */
export async function writeSpans(spans: readonly Span[]): Promise<void> {
	await insert("spans", spans.map(toSpanRow));
}
