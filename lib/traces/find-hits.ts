import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string, tuples, uint } from "@/lib/clickhouse/sql";
import { type TraceKey, traceKeyText } from "@/lib/traces/find-extents";
import { findRegion } from "@/lib/traces/find-region";
import { holdsText, linesOf } from "@/lib/traces/sought";

/** Where a searched text stands. */
export interface Hit {
	spanId: string;
	side: (typeof SIDES)[number];
	/** The text around it, cut to a line. */
	before: string;
	match: string;
	after: string;
}

/** As `search_text` holds them, one after the other. */
const SIDES = ["name", "input", "output", "trace input", "trace output"] as const;
const BEFORE = 80;
const AFTER = 160;

const Row = z.object({
	project_id: z.string(),
	trace_id: z.string(),
	span_id: z.string(),
	side: z.coerce.number(),
	before: z.string(),
	match: z.string(),
	after: z.string(),
});

/** The earliest place of the text in each of the traces, by `traceKeyText`. */
export async function findHits(keys: readonly TraceKey[], text: string): Promise<Map<string, Hit>> {
	const region = await findRegion(keys);
	if (!region) return new Map();
	const needle = string(text);
	const rows = await query({
		name: "find hits",
		sql: sql`
			WITH positionUTF8(lowerUTF8(search_text), lowerUTF8(${needle})) AS place,
				leftUTF8(search_text, place - 1) AS head,
				lengthUTF8(lowerUTF8(${needle})) AS width
			SELECT project_id, trace_id, span_id, countSubstrings(head, '\\0') AS side,
				rightUTF8(head, ${uint(BEFORE)}) AS before,
				substringUTF8(search_text, place, width) AS match,
				substringUTF8(search_text, place + width, ${uint(AFTER)}) AS after
			FROM spans_by_time FINAL
			WHERE ${linesOf(region, region.started)}
				AND (project_id, trace_id) IN ${tuples(keys.map(({ projectId, traceId }) => [projectId, traceId]))}
				AND ${holdsText(text)}
			ORDER BY started, span_id
			LIMIT 1 BY project_id, trace_id`,
		row: Row,
	});
	return new Map(
		rows.map((row) => [
			traceKeyText({ projectId: row.project_id, traceId: row.trace_id }),
			{
				spanId: row.span_id,
				side: SIDES[row.side] ?? "name",
				before: row.before.split("\0").at(-1) ?? "",
				match: row.match,
				after: row.after.split("\0")[0] ?? "",
			},
		]),
	);
}
