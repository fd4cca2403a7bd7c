import { type Sql, sql, uint } from "@/lib/clickhouse/sql";
import { END_OF_TIME, type NanoRange } from "@/lib/traces/time-window";

/** A condition on rows of `spans_by_time`, which its primary key answers. The last moment there is counts as inside. */
export function startsIn({ from, to }: NanoRange): Sql {
	return to === END_OF_TIME ? sql`started >= ${uint(from)}` : sql`(started >= ${uint(from)} AND started < ${uint(to)})`;
}
