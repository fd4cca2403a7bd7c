import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { utc } from "@/lib/traces/span-row";

const Row = z.object({
	spans: z.coerce.number(),
	first: z.string(),
	last: z.string(),
	root_seen: z.coerce.number(),
});

interface Settling {
	settleSeconds: number;
	settleSecondsMax: number;
}

/**
 * From when on a trace counts as complete: when its root has come and nothing more came for `settleSeconds`, or
 * `settleSecondsMax` after its first span. Null when nothing of it is stored any more.
 */
export async function settledAt(
	{ projectId, traceId }: { projectId: string; traceId: string },
	{ settleSeconds, settleSecondsMax }: Settling,
): Promise<Date | null> {
	const [row] = await query({
		name: "trace settled",
		sql: sql`
			SELECT count() AS spans, min(inserted_at) AS first, max(inserted_at) AS last,
				max(parent_span_id = '' OR marked_root) AS root_seen
			FROM spans
			WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND expires_at > now64(3)`,
		row: Row,
	});
	if (!row || row.spans === 0) return null;
	const latest = utc(row.first).getTime() + settleSecondsMax * 1000;
	const quiet = utc(row.last).getTime() + settleSeconds * 1000;
	return new Date(row.root_seen === 1 ? Math.min(quiet, latest) : latest);
}
