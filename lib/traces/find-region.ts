import { dateTime64Text, joinSql, type Sql, sql, strings, tuples } from "@/lib/clickhouse/sql";
import type { ExtentsOf } from "@/lib/traces/extents-once";
import { extremes } from "@/lib/traces/extremes";
import { findExtents, type TraceExtent, type TraceKey } from "@/lib/traces/find-extents";
import { startsIn } from "@/lib/traces/starts-in";
import { later, type NanoRange } from "@/lib/traces/time-window";

/** Ranges that lie closer together are read as one. */
const GAP_NANOS = 600_000_000_000n;

/** What some traces lie in. */
export interface Region {
	projectIds: string[];
	/** When their spans started, in order and apart. */
	started: NanoRange[];
	/** When they arrived. */
	arrived: TraceExtent["arrived"];
}

/** The region of the given traces; null when none of them is stored. */
export async function findRegion(
	keys: readonly TraceKey[],
	extentsOf: ExtentsOf = findExtents,
): Promise<Region | null> {
	return regionOf(keys, [...(await extentsOf(keys)).values()]);
}

/** As `findRegion`, of traces whose extents are known. */
export function regionOf(keys: readonly TraceKey[], extents: readonly TraceExtent[]): Region | null {
	if (extents.length === 0) return null;
	return {
		projectIds: [...new Set(keys.map((key) => key.projectId))],
		started: joinRanges(extents.map((extent) => extent.started)),
		arrived: {
			first: extremes(extents.map((extent) => extent.arrived.first)).first,
			last: extremes(extents.map((extent) => extent.arrived.last)).last,
		},
	};
}

/** A condition on live rows of `spans_by_time`: traces of a page lie side by side, those that a filter found may be far apart. */
export function linesIn({ projectIds, started }: Region): Sql {
	return sql`project_id IN ${strings(projectIds)} AND (${joinSql(started.map(startsIn), "OR")}) AND expires_at > now64(3)`;
}

/** A condition on rows of either table: of the given traces. */
export function ofTraces(keys: readonly TraceKey[]): Sql {
	return sql`(project_id, trace_id) IN ${tuples(keys.map(({ projectId, traceId }) => [projectId, traceId]))}`;
}

/** A condition on rows of `spans`, which opens only the days in which they arrived. */
export function arrivedIn({ first, last }: TraceExtent["arrived"]): Sql {
	return sql`inserted_at >= ${dateTime64Text(first)} AND inserted_at <= ${dateTime64Text(last)}`;
}

function joinRanges(ranges: readonly NanoRange[]): NanoRange[] {
	const joined: NanoRange[] = [];
	for (const { from, to } of [...ranges].sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)))) {
		const last = joined.at(-1);
		if (last && from < last.to + GAP_NANOS) last.to = later(last.to, to);
		else joined.push({ from, to });
	}
	return joined;
}
