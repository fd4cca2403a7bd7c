import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, string, tuples, uint } from "@/lib/clickhouse/sql";
import { beyondCursor, decodeCursor, type KeysetCursor, keysetPage } from "@/lib/traces/keyset-cursor";
import { isCountedCall } from "@/lib/traces/model-calls";
import { fittingLines, linesOf, type Sought } from "@/lib/traces/sought";
import { timeChunks } from "@/lib/traces/time-chunks";
import { ALWAYS, type NanoRange, nanoRange } from "@/lib/traces/time-window";

/** What belongs together: the traces of a session, or of a user. */
export type Grouping = "session" | "user";

/** A session or a user, with what its traces come to. */
export interface GroupLine {
	/** Null when the traces are linked to no project. */
	projectId: string | null;
	id: string;
	traceCount: number;
	spanCount: number;
	/** Traces of which a span failed. */
	errorCount: number;
	/** Epoch milliseconds: first and last start of a span. */
	firstAtMs: number;
	lastAtMs: number;
	/** US dollars of all model calls, each counted once; null when none is known. */
	costUsd: number | null;
	/** Model calls that `costUsd` leaves out because their cost is unknown. */
	unpricedSpans: number;
	/** Tokens of all model calls; null when nothing told any. */
	inputTokens: number | null;
	outputTokens: number | null;
	/** Of a session its users, of a user the sessions: at most five, and how many there are. */
	others: string[];
	otherCount: number;
}

export interface GroupPage {
	groups: GroupLine[];
	/** Opaque positions of the neighbouring pages; null at either end. */
	nextCursor: string | null;
	previousCursor: string | null;
}

const COLUMNS: Record<Grouping, { own: Sql; other: Sql }> = {
	session: { own: sql`session_id`, other: sql`user_id` },
	user: { own: sql`user_id`, other: sql`session_id` },
};

const Place = z.object({ project_id: z.string(), id: z.string(), last: z.string() });
type Place = z.infer<typeof Place>;

const Row = z.object({
	project_id: z.string(),
	id: z.string(),
	traces: z.coerce.number(),
	spans: z.coerce.number(),
	errors: z.coerce.number(),
	first: z.string(),
	last: z.string(),
	cost_usd: z.number().nullable(),
	unpriced: z.coerce.number(),
	input_tokens: z.coerce.number().nullable(),
	output_tokens: z.coerce.number().nullable(),
	others: z.array(z.string()),
	other_count: z.coerce.number(),
});

/** Project and group. */
const TIES = 2;
const FIRST_ROWS = 20_000;
const OTHERS_MAX = 5;
const TIMEOUT_SECONDS = 20;

/**
 * One page of sessions or users of which a span fits, the last seen first. What their traces come to is counted over the
 * window, of all spans of a trace in which one names the group.
 */
export async function listGroups({
	by,
	limit,
	cursor,
	...sought
}: Sought & { by: Grouping; limit: number; cursor?: string }): Promise<GroupPage> {
	const at = cursor === undefined ? null : decodeCursor(cursor, TIES);
	const window = nanoRange(sought.window ?? ALWAYS);
	const found = await findPlaces(sought, { by, at, window, wanted: limit + 1 });
	const { items, ...neighbours } = keysetPage(found, {
		limit,
		at,
		placeOf: ({ last, project_id, id }) => ({ moment: BigInt(last), ties: [project_id, id] }),
	});
	return { groups: await sumUp(sought, by, items, window), ...neighbours };
}

interface Search {
	by: Grouping;
	at: KeysetCursor | null;
	window: NanoRange;
	wanted: number;
}

/** A group's place is its last start, so the chunk that holds it is the first one, from the newest on, that knows of it. */
async function findPlaces(sought: Sought, { by, at, window, wanted }: Search): Promise<Place[]> {
	const { own } = COLUMNS[by];
	const newer = at?.direction === "newer";
	const place = sql`(last, project_id, id)`;
	const way = newer ? sql`ASC` : sql`DESC`;
	const [projectId = "", id = ""] = at?.ties ?? [];
	const edge = at && sql`(${uint(at.moment)}, ${string(projectId)}, ${string(id)})`;
	const places: Place[] = [];
	const walk = { projectIds: sought.projectIds, range: beyondCursor(window, at), rows: FIRST_ROWS };
	for await (const chunk of timeChunks({ ...walk, direction: at?.direction ?? "older" })) {
		const looked = { from: chunk.from, to: window.to };
		const rows = await query({
			name: `list ${by}s`,
			sql: sql`
				SELECT project_id, ${own} AS id, max(started) AS last
				FROM spans_by_time FINAL
				WHERE ${linesOf(sought, looked)} AND ${own} != '' AND ${fittingLines(sought, looked)}
				GROUP BY project_id, id
				HAVING last < ${uint(chunk.to)} AND ${edge ? sql`${place} ${newer ? sql`>` : sql`<`} ${edge}` : sql`1`}
				ORDER BY last ${way}, project_id ${way}, id ${way}
				LIMIT ${uint(wanted - places.length)}`,
			row: Place,
			timeoutSeconds: TIMEOUT_SECONDS,
		});
		places.push(...rows);
		if (places.length >= wanted) break;
	}
	return places;
}

async function sumUp(sought: Sought, by: Grouping, places: readonly Place[], window: NanoRange): Promise<GroupLine[]> {
	if (places.length === 0) return [];
	const { own, other } = COLUMNS[by];
	const lines = linesOf(sought, window);
	const groups = tuples(places.map((place) => [place.project_id, place.id]));
	const rows = await query({
		name: `sum up ${by}s`,
		sql: sql`
			WITH members AS (
				SELECT trace_key, any(project_id) AS holder, any(${own}) AS id FROM spans_by_time FINAL
				WHERE ${lines} AND (project_id, ${own}) IN ${groups}
				GROUP BY trace_key
			)
			SELECT holder AS project_id, members.id AS id, count() AS traces, sum(spans) AS spans,
				sum(failed) AS errors, min(first) AS first, max(last) AS last, sum(cost) AS cost_usd, sum(unpriced) AS unpriced,
				sum(input) AS input_tokens, sum(output) AS output_tokens,
				arraySlice(arraySort(groupUniqArrayArray(named)) AS all, 1, ${uint(OTHERS_MAX)}) AS others,
				length(all) AS other_count
			FROM (
				SELECT trace_key, count() AS spans, max(status = 'error') AS failed, min(started) AS first, max(started) AS last,
					sumIf(cost_usd, counted) AS cost, countIf(counted AND cost_usd IS NULL) AS unpriced,
					sumIf(input_tokens, counted) AS input, sumIf(output_tokens, counted) AS output,
					groupUniqArrayIf(${other}, ${other} != '') AS named
				FROM (
					SELECT trace_key, started, status, cost_usd, input_tokens, output_tokens, ${other},
						${isCountedCall(lines)} AS counted
					FROM spans_by_time FINAL
					WHERE ${lines} AND trace_key IN (SELECT trace_key FROM members)
				)
				GROUP BY trace_key
			) AS traces INNER JOIN members ON traces.trace_key = members.trace_key
			GROUP BY holder, members.id`,
		row: Row,
		timeoutSeconds: TIMEOUT_SECONDS,
	});
	const byGroup = new Map(rows.map((row) => [`${row.project_id} ${row.id}`, row]));
	return places.flatMap((place) => {
		const row = byGroup.get(`${place.project_id} ${place.id}`);
		return row ? [groupLine(row)] : [];
	});
}

function groupLine(row: z.infer<typeof Row>): GroupLine {
	return {
		projectId: row.project_id || null,
		id: row.id,
		traceCount: row.traces,
		spanCount: row.spans,
		errorCount: row.errors,
		firstAtMs: epochMs(row.first),
		lastAtMs: epochMs(row.last),
		costUsd: row.cost_usd,
		unpricedSpans: row.unpriced,
		inputTokens: row.input_tokens,
		outputTokens: row.output_tokens,
		others: row.others,
		otherCount: row.other_count,
	};
}

function epochMs(nanos: string): number {
	return Number(BigInt(nanos) / 1_000_000n);
}
