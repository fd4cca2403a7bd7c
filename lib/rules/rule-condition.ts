import { dateTime64, type Sql, sql } from "@/lib/clickhouse/sql";
import { filterSql } from "@/lib/filter/filter-sql";
import type { Rule } from "@/lib/rules/rule";

/**
 * A rule as a condition on rows of `spans`: what its filter says, `now` being what relative moments count from. Spans stored
 * before the rule was active do not count.
 */
export function ruleCondition(rule: Rule, now: Date): Sql {
	return sql`(inserted_at >= ${dateTime64(rule.activeSince)} AND ${filterSql(rule.filter, now)})`;
}
