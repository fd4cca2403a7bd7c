import { joinSql, type Sql, sql, string, strings } from "@/lib/clickhouse/sql";
import { EVERYTHING, type FilterTree } from "@/lib/filter/filter";
import { filterSql } from "@/lib/filter/filter-sql";
import { DAY_BY_DAY } from "@/lib/traces/latest-spans";
import { LINE_COLUMNS } from "@/lib/traces/line-columns";
import { isListedOrigin } from "@/lib/traces/listed-origins";
import { SPAN_COLUMNS } from "@/lib/traces/span-row";
import { startsIn } from "@/lib/traces/starts-in";
import type { NanoRange, TimeWindow } from "@/lib/traces/time-window";

/** Which spans are asked for; what lists, charts and facets have in common. */
export interface Sought {
	/** '' is "linked to no project". */
	projectIds: string[];
	/** Of the spans' starts; absent: always. */
	window?: TimeWindow;
	filter?: FilterTree;
	/** To be found in a span's names, input or output, whatever its case; as it is, in the middle of words too. */
	text?: string;
	/** What the filter's relative moments count from. */
	now?: Date;
}

const ALIASES = ["raw_input", "raw_output", "whole_input_text", "whole_output_text", "start_time"];
const ELSEWHERE = new Set([...SPAN_COLUMNS, ...ALIASES].filter((column) => !LINE_COLUMNS.has(column)));

/** How much a question costs a row: of columns that lists have anyway, of texts, or of attributes, which `spans` alone has. */
export type Weight = "light" | "text" | "heavy";

export function weightOf({ filter, text, now = new Date() }: Sought): Weight {
	if (filter && asksElsewhere(filterSql(filter, now))) return "heavy";
	return text ? "text" : "light";
}

/** Whether every span fits but judges' own. */
export function isUnfiltered({ filter, text }: Sought): boolean {
	return !text && (!filter || ("and" in filter && filter.and.length === 0));
}

/**
 * A condition on live rows of `spans_by_time`, which must be read FINAL, that start in the range: the span fits. What only
 * `spans` knows is asked there.
 */
export function fittingLines(
	{ projectIds, filter = EVERYTHING, text, now = new Date() }: Sought,
	range: NanoRange,
): Sql {
	const asked = filterSql(filter, now);
	const fits = asksElsewhere(asked) ? fitsElsewhere(projectIds, asked, range) : asked;
	return sql`(${fits} AND ${isListedOrigin(filter)} AND ${text ? holdsText(text) : sql`1`})`;
}

/**
 * A condition on the same rows: the span's trace fits. Each part of a filter that is joined by `and` is asked of the whole
 * trace, because a user stands on one of its spans and a model on another: some span in the range fits it, and where it begins
 * with `not`, none does.
 */
export function inFittingTraces({ text, filter = EVERYTHING, ...sought }: Sought, range: NanoRange): Sql {
	const parts = "and" in filter ? filter.and : [filter];
	const having = (some: Sought, word: Sql) => sql`
		(project_id, trace_id) ${word} (
			SELECT project_id, trace_id FROM spans_by_time FINAL
			WHERE ${linesOf(sought, range)} AND ${fittingLines(some, range)}
		)`;
	const conditions = parts.map((part) =>
		"not" in part ? having({ ...sought, filter: part.not }, sql`NOT IN`) : having({ ...sought, filter: part }, sql`IN`),
	);
	if (text) conditions.push(having({ ...sought, text }, sql`IN`));
	return sql`(${joinSql([...conditions, isListedOrigin(filter)], "AND")})`;
}

/** A condition on rows of `spans_by_time`: live ones of the projects that start in the range. */
export function linesOf({ projectIds }: Pick<Sought, "projectIds">, range: NanoRange): Sql {
	return sql`project_id IN ${strings(projectIds)} AND ${startsIn(range)} AND expires_at > now64(3)`;
}

/** The index on the same expression finds the rows that may hold it. */
export function holdsText(text: string): Sql {
	return sql`lowerUTF8(search_text) LIKE concat('%', lowerUTF8(${string(likePattern(text.trim()))}), '%')`;
}

function likePattern(text: string): string {
	return text.replace(/[\\%_]/g, "\\$&");
}

/**
 * Rows of `spans` have no order of time: it is asked for those that arrived when the ones in the range did. Of a span that
 * arrived on several days the moment of arrival tells which version is meant.
 */
function fitsElsewhere(projectIds: string[], asked: Sql, range: NanoRange): Sql {
	const lines = linesOf({ projectIds }, range);
	return sql`(trace_id, span_id, inserted_at) IN (
		SELECT trace_id, span_id, inserted_at FROM spans FINAL
		WHERE project_id IN ${strings(projectIds)} AND expires_at > now64(3)
			AND inserted_at >= (SELECT min(inserted_at) FROM spans_by_time WHERE ${lines})
			AND inserted_at <= (SELECT max(inserted_at) FROM spans_by_time WHERE ${lines})
			AND ${asked}
		${DAY_BY_DAY}
	)`;
}

// Values are parameters, so every word of the text is ours.
function asksElsewhere({ strings: texts }: Sql): boolean {
	return texts.some((part) => (part.match(/[a-z_]+/g) ?? []).some((word) => ELSEWHERE.has(word)));
}
