import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, tuples } from "@/lib/clickhouse/sql";
import { after, type NanoRange } from "@/lib/traces/time-window";

/** Identity of a trace in the store: a trace id belongs to a project; '' is "linked to none". */
export interface TraceKey {
	projectId: string;
	traceId: string;
}

/** Where the spans of a trace lie; maybe wider than what is live, never narrower. */
export interface TraceExtent {
	/** When they started. */
	started: NanoRange;
	/** When they arrived, as ClickHouse prints moments; both are inside. */
	arrived: { first: string; last: string };
}

const Row = z.object({
	project_id: z.string(),
	trace_id: z.string(),
	first_started: z.string(),
	last_started: z.string(),
	first_inserted_at: z.string(),
	last_inserted_at: z.string(),
});

/** The extents of the given traces by `traceKeyText`; one that is stored nowhere is absent. */
export async function findExtents(keys: readonly TraceKey[]): Promise<Map<string, TraceExtent>> {
	if (keys.length === 0) return new Map();
	const rows = await query({
		name: "find trace extents",
		sql: sql`
			SELECT project_id, trace_id, min(first_started) AS first_started, max(last_started) AS last_started,
				min(first_inserted_at) AS first_inserted_at, max(last_inserted_at) AS last_inserted_at
			FROM trace_extents
			WHERE (project_id, trace_id) IN ${tuples(keys.map(({ projectId, traceId }) => [projectId, traceId]))}
			GROUP BY project_id, trace_id`,
		row: Row,
	});
	return new Map(
		rows.map((row) => [
			traceKeyText({ projectId: row.project_id, traceId: row.trace_id }),
			{
				started: { from: BigInt(row.first_started), to: after(BigInt(row.last_started)) },
				arrived: { first: row.first_inserted_at, last: row.last_inserted_at },
			},
		]),
	);
}

export function traceKeyText({ projectId, traceId }: TraceKey): string {
	return `${projectId} ${traceId}`;
}
