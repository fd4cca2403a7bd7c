import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { joinSql, type Sql, sql, string, strings, uint } from "@/lib/clickhouse/sql";
import { startsIn } from "@/lib/traces/starts-in";
import { after, type NanoRange, nanosOf, sooner } from "@/lib/traces/time-window";

const GROWTH = 8;
const ROWS_COUNTED_MAX = 200_000;
const SMALL_ROWS_MAX = 20_000;
const HOUR = 3_600_000_000_000n;
const NEAR = [HOUR, 24n * HOUR, 720n * HOUR];
/** Beyond, what lies in a chunk is looked up for all projects at once. */
const PROJECTS_APART_MAX = 40;

const Row = z.object({ started: z.string() });

interface Walk {
	projectIds: readonly string[];
	range: NanoRange;
	/** `older` walks from the range's end to its beginning. */
	direction: "older" | "newer";
	/** How many rows of `spans_by_time` the first chunk holds; each one after it eight times as many. */
	rows: number;
}

export interface TimeChunk extends NanoRange {
	/** So few rows start in it that one thread reads them fastest. */
	isSmall: boolean;
}

/**
 * A range of time in chunks, one after the other without a gap. Whoever looks for the newest fifty things reads as many rows
 * as it takes and no more, however much a project keeps; whoever finds nothing reads the range once, and a seventh.
 */
export async function* timeChunks({ projectIds, range, direction, rows }: Walk): AsyncGenerator<TimeChunk> {
	let left = range;
	for (let size = rows; left.from < left.to; size *= GROWTH) {
		// Counting so many off costs more than reading on.
		const edge = size > ROWS_COUNTED_MAX ? null : await findEdge(projectIds, left, direction, size);
		if (edge === null) {
			yield { ...left, isSmall: size <= SMALL_ROWS_MAX };
			return;
		}
		// A row at the edge belongs to the chunk, and so do all that start with it.
		const chunk = direction === "older" ? { from: edge, to: left.to } : { from: left.from, to: after(edge) };
		yield { ...chunk, isSmall: size <= SMALL_ROWS_MAX };
		left = direction === "older" ? { from: left.from, to: chunk.from } : { from: chunk.to, to: left.to };
	}
}

/** Where the row starts that is as many rows away; null when there are not that many. */
async function findEdge(
	projectIds: readonly string[],
	range: NanoRange,
	direction: Walk["direction"],
	rows: number,
): Promise<bigint | null> {
	for (const part of parts(range, direction)) {
		const edge = await findEdgeIn(projectIds, part, direction, rows);
		if (edge !== null) return edge;
	}
	return null;
}

/** The hour, the day, the month next to where the walk begins, then all: what lies close is found without opening the rest. */
function parts(range: NanoRange, direction: Walk["direction"]): NanoRange[] {
	const start = direction === "older" ? sooner(range.to, nanosOf(Date.now())) : range.from;
	const near = NEAR.map((width) =>
		direction === "older"
			? { from: start > width ? start - width : 0n, to: range.to }
			: { from: range.from, to: start + width },
	).filter((part) => part.from > range.from || part.to < range.to);
	return [...near, range];
}

async function findEdgeIn(
	projectIds: readonly string[],
	range: NanoRange,
	direction: Walk["direction"],
	rows: number,
): Promise<bigint | null> {
	const way = direction === "older" ? sql`DESC` : sql`ASC`;
	const within = startsIn(range);
	// Of one project the rows lie in the order that is asked for, so nothing is sorted and nothing else is read.
	const asked: Sql[] =
		projectIds.length > PROJECTS_APART_MAX
			? [sql`SELECT started FROM spans_by_time WHERE project_id IN ${strings(projectIds)} AND ${within}`]
			: projectIds.map(
					(id) => sql`SELECT started FROM spans_by_time WHERE project_id = ${string(id)} AND ${within}
						ORDER BY project_id ${way}, started ${way} LIMIT ${uint(rows)}`,
				);
	if (asked.length === 0) return null;
	const [row] = await query({
		name: "find edge of chunk",
		isSmall: rows <= SMALL_ROWS_MAX,
		sql: sql`
			SELECT started FROM (${joinSql(
				asked.map((part) => sql`(${part})`),
				"UNION ALL",
			)})
			ORDER BY started ${way} LIMIT 1 OFFSET ${uint(rows - 1)}`,
		row: Row,
	});
	return row ? BigInt(row.started) : null;
}
