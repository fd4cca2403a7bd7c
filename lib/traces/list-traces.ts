import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, string, tuples, uint } from "@/lib/clickhouse/sql";
import { parseTraceId } from "@/lib/ids";
import { type ExtentsOf, extentsOnce } from "@/lib/traces/extents-once";
import { type TraceKey, traceKeyText } from "@/lib/traces/find-extents";
import { findHits } from "@/lib/traces/find-hits";
import { beyondCursor, decodeCursor, type KeysetCursor, keysetPage } from "@/lib/traces/keyset-cursor";
import {
	fittingLines,
	inFittingTraces,
	isUnfiltered,
	linesOf,
	type Sought,
	type Weight,
	weightOf,
} from "@/lib/traces/sought";
import { summarizeTraces } from "@/lib/traces/summarize-traces";
import { type TimeChunk, timeChunks } from "@/lib/traces/time-chunks";
import { ALWAYS, type NanoRange, nanoRange, sooner } from "@/lib/traces/time-window";
import type { TraceLine, TracePage } from "@/lib/traces/trace";

interface Listing extends Sought {
	limit: number;
	/** Position from an earlier page; absent: the newest. */
	cursor?: string;
}

/** Project and trace. */
const TIES = 2;

/** Where a trace stands in the list. */
const Place = z.object({ project_id: z.string(), trace_id: z.string(), place: z.string() });
type Place = z.infer<typeof Place>;

/** Rows to look at first: a page of middling traces, what an index makes cheap, or a good part of a day. */
const FIRST_ROWS: Record<Weight, number> = { light: 2000, text: 50_000, heavy: 100_000 };
/** Read beyond the page, because some turn out to have begun before the chunk. */
const SPARE = 10;

/**
 * One page of traces, newest start first (a trace whose spans tell no start counts from its arrival); ties by project and
 * trace id, so paging by cursor neither repeats nor skips. A filter is asked of the whole trace, part by part
 * (`inFittingTraces`), of the spans that started in the window; so is a text. Expired spans do not count. Judges' own calls are listed only when a filter asks for an origin.
 */
export async function listTraces({ limit, cursor, ...sought }: Listing): Promise<TracePage> {
	const at = cursor === undefined ? null : decodeCursor(cursor, TIES);
	const traceId = parseTraceId(sought.text?.trim() ?? "");
	if (traceId !== null) return pageOfOne(sought, traceId);
	const text = sought.text?.trim() || undefined;
	const extentsOf = extentsOnce();
	const found = await findPlaces({ ...sought, text }, { at, wanted: limit + 1, extentsOf });
	const { items, ...neighbours } = keysetPage(found, {
		limit,
		at,
		placeOf: ({ place, project_id, trace_id }) => ({ moment: BigInt(place), ties: [project_id, trace_id] }),
	});
	return { traces: await readLines(items.map(keyOf), text, extentsOf), ...neighbours };
}

async function pageOfOne({ projectIds }: Sought, traceId: string): Promise<TracePage> {
	const traces = await readLines(projectIds.map((projectId) => ({ projectId, traceId })));
	return { traces, nextCursor: null, previousCursor: null };
}

async function readLines(
	keys: readonly TraceKey[],
	text?: string,
	extentsOf: ExtentsOf = extentsOnce(),
): Promise<TraceLine[]> {
	const [traces, hits] = await Promise.all([
		summarizeTraces(keys, { extentsOf }),
		text ? findHits(keys, text, extentsOf) : new Map(),
	]);
	return traces.map((trace) => ({
		...trace,
		hit: hits.get(traceKeyText({ projectId: trace.projectId ?? "", traceId: trace.traceId })) ?? null,
	}));
}

interface Page {
	at: KeysetCursor | null;
	wanted: number;
	extentsOf: ExtentsOf;
}

/** The next places from the cursor on, in its direction. */
async function findPlaces(sought: Sought, { at, wanted, extentsOf }: Page): Promise<Place[]> {
	const direction = at?.direction ?? "older";
	const window = nanoRange(sought.window ?? ALWAYS);
	const range = beyondCursor(window, at);
	const places: Place[] = [];
	const rows = FIRST_ROWS[weightOf(sought)];
	for await (const chunk of timeChunks({ projectIds: sought.projectIds, range, direction, rows })) {
		let edge = at && { place: String(at.moment), project_id: at.ties[0] ?? "", trace_id: at.ties[1] ?? "" };
		for (;;) {
			const asked = wanted - places.length + SPARE;
			const candidates = await findCandidates(sought, { window, chunk, edge, direction, limit: asked });
			places.push(...(await dropEarlier(candidates, chunk, extentsOf)));
			if (places.length >= wanted) return places.slice(0, wanted);
			if (candidates.length < asked) break;
			edge = candidates.at(-1) ?? null;
		}
	}
	return places;
}

interface Search {
	window: NanoRange;
	chunk: TimeChunk;
	edge: Place | null;
	direction: KeysetCursor["direction"];
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
	return await query({
		name: "find traces of a page",
		isSmall: chunk.isSmall && looked.to === chunk.to,
		sql: sql`
			SELECT project_id, trace_id, min(started) AS place
			FROM spans_by_time FINAL
			WHERE ${lines} AND ${unfiltered ? fittingLines(sought, looked) : inFittingTraces(sought, looked)}
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
async function dropEarlier(candidates: Place[], chunk: NanoRange, extentsOf: ExtentsOf): Promise<Place[]> {
	if (candidates.length === 0 || chunk.from === 0n) return candidates;
	const extents = await extentsOf(candidates.map(keyOf));
	const startOf = (place: Place) => extents.get(traceKeyText(keyOf(place)))?.started.from ?? chunk.from;
	const suspects = candidates.filter((place) => startOf(place) < chunk.from);
	if (suspects.length === 0) return candidates;
	const from = suspects.map(startOf).reduce(sooner, chunk.from);
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
