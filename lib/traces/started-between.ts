import { dateTime64, type Sql, sql, uint } from "@/lib/clickhouse/sql";

/** Of a row of `spans`: it started from the one moment to before the other. A span that told no start did when it came. */
export function startedBetween(from: Date, to: Date): Sql {
	const told = sql`start_unix_nano >= ${uint(nanos(from))} AND start_unix_nano < ${uint(nanos(to))} AND start_unix_nano > 0`;
	const came = sql`start_unix_nano = 0 AND inserted_at >= ${dateTime64(from)} AND inserted_at < ${dateTime64(to)}`;
	return sql`(${told} OR ${came})`;
}

function nanos(moment: Date): bigint {
	return BigInt(Math.max(0, moment.getTime())) * 1_000_000n;
}
