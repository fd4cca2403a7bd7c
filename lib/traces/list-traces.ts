import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, string, tuples, uint } from "@/lib/clickhouse/sql";
import { invalidInput } from "@/lib/errors";
import { parseTraceId } from "@/lib/ids";
import { findExtents, type TraceKey, traceKeyText } from "@/lib/traces/find-extents";
import { findHits } from "@/lib/traces/find-hits";
import { fittingLines, isUnfiltered, linesOf, type Sought, type Weight, weightOf } from "@/lib/traces/sought";
import { summarizeTraces } from "@/lib/traces/summarize-traces";
import { timeChunks } from "@/lib/traces/time-chunks";
import { ALWAYS, earliest, type NanoRange, nanoRange } from "@/lib/traces/time-window";
import type { TraceLine, TracePage } from "@/lib/traces/trace";

interface Listing extends Sought {
	limit: number;
	/** Position from an earlier page; absent: the newest. */
	cursor?: string;
}

const Cursor = z.tuple([z.enum(["older", "newer"]), z.string().regex(/^\d{1,20}$/), z.string(), z.string()]);
type Cursor = z.infer<typeof Cursor>;

/** Where a trace stands in the list. */
const Place = z.object({ project_id: z.string(), trace_id: z.string(), place: z.string() });
type Place = z.infer<typeof Place>;

/** Rows to look at first: a page of middling traces, what an index makes cheap, or a good part of a day. */
const FIRST_ROWS: Record<Weight, number> = { light: 2000, text: 50_000, heavy: 100_000 };
/** Read beyond the page, because some turn out to have begun before the chunk. */
const SPARE = 50;

/**
 * One page of traces, newest start first (a trace whose spans tell no start counts from its arrival); ties by project and
 * trace id, so paging by cursor neither repeats nor skips. With a filter or a text, those of which a span that started in the
 * window fits both. Expired spans do not count. Judges' own calls are listed only when a filter asks for an origin.
 */
export async function listTraces({ limit, cursor, ...sought }: Listing): Promise<TracePage> {
	const at = cursor === undefined ? null : parseCursor(cursor);
	const newer = at?.[0] === "newer";
	const traceId = parseTraceId(sought.text?.trim() ?? "");
	if (traceId !== null) return pageOfOne(sought, traceId);
	const text = sought.text?.trim() || undefined;
	const found = await findPlaces({ ...sought, text }, at, limit + 1);
	const page = found.slice(0, limit);
	if (newer) page.reverse();
	const more = found.length > limit;
	return {
		traces: await readLines(page.map(keyOf), text),
		nextCursor: newer || more ? cursorAt("older", page.at(-1)) : null,
		previousCursor: (newer ? more : at !== null) ? cursorAt("newer", page[0]) : null,
	};
}

async function pageOfOne({ projectIds }: Sought, traceId: string): Promise<TracePage> {
	const traces = await readLines(
		projectIds.map((projectId) => ({ projectId, traceId })),
		undefined,
	);
	return { traces, nextCursor: null, previousCursor: null };
}

async function readLines(keys: readonly TraceKey[], text: string | undefined): Promise<TraceLine[]> {
	const [traces, hits] = await Promise.all([summarizeTraces(keys), text ? findHits(keys, text) : new Map()]);
	return traces.map((trace) => ({
		...trace,
		hit: hits.get(traceKeyText({ projectId: trace.projectId ?? "", traceId: trace.traceId })) ?? null,
	}));
}

/** The next places from the cursor on, in its direction. */
async function findPlaces(sought: Sought, at: Cursor | null, wanted: number): Promise<Place[]> {
	const direction = at?.[0] ?? "older";
	const window = nanoRange(sought.window ?? ALWAYS);
	const range = beyond(window, at);
	const places: Place[] = [];
	const rows = FIRST_ROWS[weightOf(sought)];
	for await (const chunk of timeChunks({ projectIds: sought.projectIds, range, direction, rows })) {
		let edge = at && { project_id: at[2], trace_id: at[3], place: at[1] };
		for (;;) {
			const asked = wanted - places.length + SPARE;
			const candidates = await findCandidates(sought, { window, chunk, edge, direction, limit: asked });
			places.push(...(await dropEarlier(candidates, chunk)));
			if (places.length >= wanted) return places.slice(0, wanted);
			if (candidates.length < asked) break;
			edge = candidates.at(-1) ?? null;
		}
	}
	return places;
}

function beyond(window: NanoRange, at: Cursor | null): NanoRange {
	if (!at) return window;
	const edge = BigInt(at[1]);
	return at[0] === "older"
		? { from: window.from, to: edge < window.to ? edge + 1n : window.to }
		: { from: edge > window.from ? edge : window.from, to: window.to };
}

interface Search {
	window: NanoRange;
	chunk: NanoRange;
	edge: Place | null;
	direction: Cursor[0];
	limit: number;
}

/** Fitting traces of which no span of the chunk starts before its place. */
async function findCandidates(sought: Sought, { window, chunk, edge, direction, limit }: Search): Promise<Place[]> {
	const newer = direction === "newer";
	const place = sql`(place, project_id, trace_id)`;
	const order = newer ? sql`place, project_id, trace_id` : sql`place DESC, project_id DESC, trace_id DESC`;
	const unfiltered = isUnfiltered(sought);
	// What fits may start long after its trace did.
	const looked = { from: chunk.from, to: unfiltered ? chunk.to : window.to };
	const lines = linesOf(sought, looked);
	const fitting = sql`
		(project_id, trace_id) IN (
			SELECT project_id, trace_id FROM spans_by_time FINAL WHERE ${lines} AND ${fittingLines(sought, looked)}
		)`;
	return await query({
		name: "find traces of a page",
		sql: sql`
			SELECT project_id, trace_id, min(started) AS place
			FROM spans_by_time FINAL
			WHERE ${lines} AND ${unfiltered ? fittingLines(sought, looked) : fitting}
			GROUP BY project_id, trace_id
			HAVING place < ${uint(chunk.to)} AND ${edge ? sql`${place} ${newer ? sql`>` : sql`<`} ${tuple(edge)}` : sql`1`}
			ORDER BY ${order}
			LIMIT ${uint(limit)}`,
		row: Place,
	});
}

function tuple({ place, project_id, trace_id }: Place): Sql {
	return sql`(${uint(BigInt(place))}, ${string(project_id)}, ${string(trace_id)})`;
}

/** Leaves out traces that have a live span before the chunk: their place is there. */
async function dropEarlier(candidates: Place[], chunk: NanoRange): Promise<Place[]> {
	if (candidates.length === 0 || chunk.from === 0n) return candidates;
	const extents = await findExtents(candidates.map(keyOf));
	const startOf = (place: Place) => extents.get(traceKeyText(keyOf(place)))?.started.from ?? chunk.from;
	const suspects = candidates.filter((place) => startOf(place) < chunk.from);
	if (suspects.length === 0) return candidates;
	const from = earliest(suspects.map(startOf), chunk.from);
	// What an extent remembers may have expired, or been sent again with another start.
	const rows = await query({
		name: "find traces that began earlier",
		sql: sql`
			SELECT DISTINCT project_id, trace_id FROM spans_by_time FINAL
			WHERE ${linesOf({ projectIds: [...new Set(suspects.map((place) => place.project_id))] }, { from, to: chunk.from })}
				AND (project_id, trace_id) IN ${tuples(suspects.map((place) => [place.project_id, place.trace_id]))}`,
		row: Place.omit({ place: true }),
	});
	const earlier = new Set(rows.map((row) => traceKeyText({ projectId: row.project_id, traceId: row.trace_id })));
	return candidates.filter((place) => !earlier.has(traceKeyText(keyOf(place))));
}

function keyOf({ project_id, trace_id }: Place): TraceKey {
	return { projectId: project_id, traceId: trace_id };
}

function cursorAt(direction: Cursor[0], at: Place | undefined): string | null {
	if (!at) return null;
	const cursor: Cursor = [direction, at.place, at.project_id, at.trace_id];
	return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function parseCursor(text: string): Cursor {
	try {
		return Cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
	} catch {
		throw invalidInput("cursor: is not one that an earlier page gave");
	}
}
