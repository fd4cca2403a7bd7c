import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { joinSql, type Sql, sql, string, uint } from "@/lib/clickhouse/sql";
import { inFittingTraces, linesOf, type Sought } from "@/lib/traces/sought";
import { timeChunks } from "@/lib/traces/time-chunks";
import { ALWAYS, type NanoRange, nanoRange } from "@/lib/traces/time-window";

/** Counting goes as far back as this many spans: what comes first in a facet hardly depends on more. */
const SPANS_MAX = 50_000;
const VALUES_MAX = 10;

export interface Facet {
	/** A field of the filter language. */
	field: string;
	/** Most frequent first, at most ten. */
	values: { value: string; traces: number }[];
	/** There are other values. */
	more: boolean;
}

export interface FacetCounts {
	facets: Facet[];
	/** Which spans were looked at: the newest, since a moment (epoch milliseconds), or all of the window. */
	counted: { spans: number; sinceMs: number | null; all: boolean };
}

/** Fields in the order they are shown, and what they hold in a row of `spans_by_time`. */
const FACETS: readonly (readonly [field: string, value: Sql])[] = [
	["status", sql`status`],
	["kind", sql`kind`],
	["model", sql`if(response_model = '', request_model, response_model)`],
	["service", sql`service`],
	["environment", sql`environment`],
	["release", sql`release`],
	["agent", sql`agent_name`],
	["tool", sql`tool_name`],
	["error", sql`error_type`],
	["user", sql`user_id`],
];

const Row = z.object({ field: z.string(), value: z.string(), traces: z.coerce.number(), spans: z.coerce.number() });

/** What the traces that `listTraces` lists have in common: for each value of a field, in how many of them a span has it. */
export async function countFacets(sought: Sought): Promise<FacetCounts> {
	const window = nanoRange(sought.window ?? ALWAYS);
	const range = await newest(sought, window);
	const lines = linesOf(sought, range);
	const pairs = joinSql(
		FACETS.map(([field, value]) => sql`(${string(field)}, toString(${value}))`),
		",",
	);
	const rows = await query({
		name: "count facets",
		sql: sql`
			SELECT field, value, uniqExact(trace_key) AS traces, 0 AS spans FROM (
				SELECT trace_key, arrayJoin(arrayConcat([${pairs}], arrayMap(tag -> ('tags', toString(tag)), tags))) AS pair,
					pair.1 AS field, pair.2 AS value
				FROM spans_by_time FINAL
				WHERE ${lines} AND ${inFittingTraces(sought, range)}
			)
			WHERE value != ''
			GROUP BY field, value
			ORDER BY field, traces DESC, value
			LIMIT ${uint(VALUES_MAX + 1)} BY field
			UNION ALL
			SELECT '' AS field, '' AS value, 0 AS traces, count() AS spans FROM spans_by_time FINAL WHERE ${lines}`,
		row: Row,
	});
	const all = range.from === window.from;
	return {
		facets: [...FACETS.map(([field]) => field), "tags"].flatMap((field) => {
			const own = rows.filter((row) => row.field === field);
			const values = own.slice(0, VALUES_MAX).map(({ value, traces }) => ({ value, traces }));
			return own.length === 0 ? [] : [{ field, values, more: own.length > VALUES_MAX }];
		}),
		counted: {
			spans: rows.find((row) => row.field === "")?.spans ?? 0,
			sinceMs: all ? null : Number(range.from / 1_000_000n),
			all,
		},
	};
}

/** The end of the window that holds about as many spans as are counted. */
async function newest({ projectIds }: Sought, range: NanoRange): Promise<NanoRange> {
	for await (const chunk of timeChunks({ projectIds, range, direction: "older", rows: SPANS_MAX })) return chunk;
	return range;
}
