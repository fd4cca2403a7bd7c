import { z } from "zod";
import { type Sql, sql, string, uint } from "@/lib/clickhouse/sql";

/** As `search_text` holds them, one after the other. */
const SIDES = ["name", "input", "output", "trace input", "trace output"] as const;

/** Where a searched text stands. */
export interface Hit {
	spanId: string;
	side: (typeof SIDES)[number];
	/** The text around it, cut to a line. */
	before: string;
	match: string;
	after: string;
}

const BEFORE = 80;
const AFTER = 160;

/** What a row of `spans_by_time` shows of a searched text; `hit_match` is empty when none was searched. */
export const HitColumns = z.object({
	span_id: z.string(),
	hit_side: z.coerce.number(),
	hit_before: z.string(),
	hit_match: z.string(),
	hit_after: z.string(),
});

export const NO_HIT: Sql = sql`0 AS hit_side, '' AS hit_before, '' AS hit_match, '' AS hit_after`;

/** The columns of a row that holds the text, cut around its first place. */
export function hitColumns(text: string): Sql {
	const needle = string(text);
	const place = sql`positionUTF8(lowerUTF8(search_text), lowerUTF8(${needle}))`;
	const head = sql`leftUTF8(search_text, ${place} - 1)`;
	const width = sql`lengthUTF8(lowerUTF8(${needle}))`;
	return sql`
		countSubstrings(${head}, '\\0') AS hit_side,
		rightUTF8(${head}, ${uint(BEFORE)}) AS hit_before,
		substringUTF8(search_text, ${place}, ${width}) AS hit_match,
		substringUTF8(search_text, ${place} + ${width}, ${uint(AFTER)}) AS hit_after`;
}

/** Where the text stands, cut to what is of the same side. */
export function hitOf(row: z.infer<typeof HitColumns>): Hit | null {
	if (row.hit_match === "") return null;
	return {
		spanId: row.span_id,
		side: SIDES[row.hit_side] ?? "name",
		before: row.hit_before.split("\0").at(-1) ?? "",
		match: row.hit_match,
		after: row.hit_after.split("\0")[0] ?? "",
	};
}
