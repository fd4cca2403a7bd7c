import { dateTime64Text, type Sql, sql } from "@/lib/clickhouse/sql";
import { findExtents, type TraceExtent, type TraceKey } from "@/lib/traces/find-extents";

/** What all of some traces lie in. */
export interface Region extends TraceExtent {
	projectIds: string[];
}

/** The region of the given traces; null when none of them is stored. */
export async function findRegion(keys: readonly TraceKey[]): Promise<Region | null> {
	const [first, ...others] = (await findExtents(keys)).values();
	if (!first) return null;
	const region = { started: { ...first.started }, arrived: { ...first.arrived } };
	for (const { started, arrived } of others) {
		if (started.from < region.started.from) region.started.from = started.from;
		if (started.to > region.started.to) region.started.to = started.to;
		// Moments as ClickHouse prints them sort as text.
		if (arrived.first < region.arrived.first) region.arrived.first = arrived.first;
		if (arrived.last > region.arrived.last) region.arrived.last = arrived.last;
	}
	return { ...region, projectIds: [...new Set(keys.map((key) => key.projectId))] };
}

/** A condition on rows of `spans`, which opens only the days in which they arrived. */
export function arrivedIn({ first, last }: TraceExtent["arrived"]): Sql {
	return sql`inserted_at >= ${dateTime64Text(first)} AND inserted_at <= ${dateTime64Text(last)}`;
}
