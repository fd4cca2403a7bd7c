import { joinSql, type Sql, sql } from "@/lib/clickhouse/sql";
import { type Condition, DENIES } from "@/lib/filter/condition";
import type { FilterTree } from "@/lib/filter/filter";
import { findField } from "@/lib/filter/find-field";
import { operandTest } from "@/lib/filter/operand-test";

/**
 * A checked filter as a condition on rows of `spans`, 0 or 1 and never NULL; keys and values are bound parameters, at most
 * four a condition. `now` is what relative moments count from. Equals what `spanMatcher` says of the span that was stored.
 */
export function filterSql(tree: FilterTree, now: Date): Sql {
	if ("and" in tree) return group(tree.and, "AND", now);
	if ("or" in tree) return group(tree.or, "OR", now);
	if ("not" in tree) return sql`NOT ${filterSql(tree.not, now)}`;
	return conditionSql(tree, now);
}

function group(parts: readonly FilterTree[], word: "AND" | "OR", now: Date): Sql {
	if (parts.length === 0) return word === "AND" ? sql`1` : sql`0`;
	return sql`(${joinSql(
		parts.map((part) => filterSql(part, now)),
		word,
	)})`;
}

function conditionSql({ field, op, value }: Condition, now: Date): Sql {
	const found = findField(field);
	if (!found) return sql`0`;
	const known = sql`(${joinSql(
		found.places.map((place) => place.known),
		"OR",
	)})`;
	if (op === "exists") return known;
	const denied = DENIES[op];
	const test = operandTest(found.type, denied ?? op, value, now);
	const fits = sql`(${joinSql(
		found.places.map((place) => sql`(${place.known} AND ${test.sql(place.value)})`),
		"OR",
	)})`;
	return denied === undefined ? fits : sql`(${known} AND NOT ${fits})`;
}
