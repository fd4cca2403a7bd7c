import type { TimeWindow } from "@/lib/alerts/time-window";
import { dateTime64, type Sql, sql, uint } from "@/lib/clickhouse/sql";
import { DAY_MS } from "@/lib/time";

/**
 * Rows of `spans` that ended in a window, by the sender's clock: a price computed anew or a late log record must not move a
 * span into another window. Spans that told no end are in none, nor are those longer than a day.
 */
export function endedIn({ from, to }: TimeWindow): Sql {
	const dayBefore = new Date(from.getTime() - DAY_MS);
	// Only the last condition decides. The others let ClickHouse skip parts; the first keeps every newer version of a row.
	return sql`toDate(inserted_at) >= toDate(${dateTime64(dayBefore)})
		AND start_unix_nano > ${nanos(dayBefore)} AND start_unix_nano < ${nanos(to)} AND end_unix_nano >= start_unix_nano
		AND end_unix_nano >= ${nanos(from)} AND end_unix_nano < ${nanos(to)}`;
}

function nanos(moment: Date) {
	return uint(BigInt(Math.max(0, moment.getTime())) * 1_000_000n);
}
