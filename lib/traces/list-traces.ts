import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { joinSql, sql, string, strings, uint } from "@/lib/clickhouse/sql";
import { invalidInput } from "@/lib/errors";
import { EVERYTHING, type FilterTree } from "@/lib/filter/filter";
import { filterSql } from "@/lib/filter/filter-sql";
import { parseTraceId } from "@/lib/ids";
import { isListedOrigin } from "@/lib/traces/listed-origins";
import { summarizeTraces } from "@/lib/traces/summarize-traces";
import type { TracePage } from "@/lib/traces/trace";

interface Listing {
	projectIds: string[];
	limit: number;
	/** Position from an earlier page; absent: the newest. */
	cursor?: string;
	/** Case-insensitive text to find in a span's names, inputs, outputs or trace id. */
	text?: string;
	/** At least one span of the trace fits it. */
	filter?: FilterTree;
	/** What the filter's relative moments count from. */
	now?: Date;
}

/** The texts of a span, as reported and as derived. */
const SEARCHED = [
	sql`name`,
	sql`display_name`,
	sql`trace_name`,
	sql`raw_input`,
	sql`raw_output`,
	sql`whole_input_text`,
	sql`whole_output_text`,
	sql`trace_input`,
	sql`trace_output`,
];

const Cursor = z.tuple([z.enum(["older", "newer"]), z.string().regex(/^\d{1,20}$/), z.string(), z.string()]);
type Cursor = z.infer<typeof Cursor>;

const Row = z.object({ project_id: z.string(), trace_id: z.string(), started: z.string() });
type Row = z.infer<typeof Row>;

/**
 * One page of traces, newest start first (a trace whose spans tell no start counts from its arrival); ties by project and
 * trace id, so paging by cursor neither repeats nor skips. Expired spans do not count. Judges' own calls
 * are listed only when a filter asks for an origin.
 */
export async function listTraces({
	projectIds,
	limit,
	cursor,
	text,
	filter = EVERYTHING,
	now = new Date(),
}: Listing): Promise<TracePage> {
	const at = cursor === undefined ? null : parseCursor(cursor);
	const newer = at?.[0] === "newer";
	const place = sql`(started, project_id, trace_id)`;
	const edge = at ? sql`(${uint(BigInt(at[1]))}, ${string(at[2])}, ${string(at[3])})` : sql``;
	const after = !at ? sql`1` : newer ? sql`${place} > ${edge}` : sql`${place} < ${edge}`;
	const order = newer ? sql`started, project_id, trace_id` : sql`started DESC, project_id DESC, trace_id DESC`;
	const found = await query({
		name: "list traces",
		sql: sql`
			SELECT project_id, trace_id,
				min(if(start_unix_nano > 0, start_unix_nano, toUInt64(toUnixTimestamp64Nano(toDateTime64(inserted_at, 9))))) AS started
			FROM spans FINAL
			WHERE project_id IN ${strings(projectIds)} AND expires_at > now64(3)
			GROUP BY project_id, trace_id
			HAVING ${text ? matches(text) : sql`1`} AND max(${filterSql(filter, now)} AND ${isListedOrigin(filter)}) AND ${after}
			ORDER BY ${order}
			LIMIT ${uint(limit + 1)}`,
		row: Row,
	});
	const page = found.slice(0, limit);
	if (newer) page.reverse();
	const more = found.length > limit;
	const traces = await summarizeTraces(page.map((row) => ({ projectId: row.project_id, traceId: row.trace_id })));
	return {
		traces,
		nextCursor: newer || more ? cursorAt("older", page.at(-1)) : null,
		previousCursor: (newer ? more : at !== null) ? cursorAt("newer", page[0]) : null,
	};
}

function matches(text: string) {
	const traceId = parseTraceId(text.trim());
	if (traceId) return sql`trace_id = ${string(traceId)}`;
	const needle = string(text.trim());
	const found = SEARCHED.map((column) => sql`positionCaseInsensitiveUTF8(${column}, ${needle}) > 0`);
	return sql`max(${joinSql(found, "OR")})`;
}

function cursorAt(direction: Cursor[0], row: Row | undefined): string | null {
	if (!row) return null;
	const cursor: Cursor = [direction, row.started, row.project_id, row.trace_id];
	return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function parseCursor(text: string): Cursor {
	try {
		return Cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
	} catch {
		throw invalidInput("cursor: is not one that an earlier page gave");
	}
}
