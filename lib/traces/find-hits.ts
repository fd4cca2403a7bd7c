import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, tuples } from "@/lib/clickhouse/sql";
import type { ExtentsOf } from "@/lib/traces/extents-once";
import { type TraceKey, traceKeyText } from "@/lib/traces/find-extents";
import { findRegion, linesIn } from "@/lib/traces/find-region";
import { type Hit, HitColumns, hitColumns, hitOf } from "@/lib/traces/hit";
import { holdsText } from "@/lib/traces/sought";

const Row = HitColumns.extend({ project_id: z.string(), trace_id: z.string() });

/** The earliest span of each of the traces that holds the text, and where it does, by `traceKeyText`. */
export async function findHits(
	keys: readonly TraceKey[],
	text: string,
	extentsOf?: ExtentsOf,
): Promise<Map<string, Hit | null>> {
	const region = await findRegion(keys, extentsOf);
	if (!region) return new Map();
	const rows = await query({
		name: "find hits",
		sql: sql`
			SELECT project_id, trace_id, span_id, ${hitColumns(text)}
			FROM spans_by_time FINAL
			WHERE ${linesIn(region)} AND ${holdsText(text)}
				AND (project_id, trace_id) IN ${tuples(keys.map(({ projectId, traceId }) => [projectId, traceId]))}
			ORDER BY started, span_id
			LIMIT 1 BY project_id, trace_id`,
		row: Row,
	});
	return new Map(rows.map((row) => [traceKeyText({ projectId: row.project_id, traceId: row.trace_id }), hitOf(row)]));
}
