import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string, strings } from "@/lib/clickhouse/sql";
import { notFound } from "@/lib/errors";
import type { TraceExtent } from "@/lib/traces/find-extents";
import { arrivedIn, findRegion } from "@/lib/traces/find-region";
import { utc } from "@/lib/traces/span-row";

/** Which project a trace is read from, and how much of it there is now. */
export interface TraceHolder {
	/** Empty: linked to none. */
	projectId: string;
	/** Another one whenever a span arrived, was stored anew or went. */
	version: string;
	spanCount: number;
	/** When its spans arrived. */
	arrived: TraceExtent["arrived"];
	/** When the last of its spans goes. */
	expiresAt: Date;
}

const Row = z.object({ project_id: z.string(), spans: z.string(), last: z.string(), expires: z.string() });

/**
 * Of the projects that hold a trace the one that is shown: a linked one before an unlinked one, then the one it arrived at
 * first. `not_found` when none does. Reads keys and moments only, whatever the size of the trace.
 */
export async function findHolder({
	projectIds,
	traceId,
}: {
	projectIds: readonly string[];
	traceId: string;
}): Promise<TraceHolder> {
	const keys = projectIds.map((projectId) => ({ projectId, traceId }));
	const region = await findRegion(keys);
	if (!region) throw notFound("Trace");
	const [holder] = await query({
		name: "find trace's holder",
		isSmall: true,
		sql: sql`
			SELECT project_id, uniqExact(span_id) AS spans, max(inserted_at) AS last, max(expires_at) AS expires
			FROM spans
			WHERE project_id IN ${strings(projectIds)} AND trace_id = ${string(traceId)} AND expires_at > now64(3)
				AND ${arrivedIn(region.arrived)}
			GROUP BY project_id ORDER BY project_id = '', min(inserted_at) LIMIT 1`,
		row: Row,
	});
	if (!holder) throw notFound("Trace");
	return {
		projectId: holder.project_id,
		version: `${holder.spans} ${holder.last}`,
		spanCount: Number(holder.spans),
		arrived: region.arrived,
		expiresAt: utc(holder.expires),
	};
}
