import { dateTime64, type Sql, sql, string } from "@/lib/clickhouse/sql";
import type { Rule } from "@/lib/rules/rule";

/**
 * A rule as a condition on rows of `spans`: exact, case-sensitive name, or an attribute's text, read from the span and else
 * from its resource. Spans stored before the rule was active do not count.
 */
export function ruleCondition(rule: Rule): Sql {
	const active = sql`inserted_at >= ${dateTime64(rule.activeSince)}`;
	if (rule.matchType === "SPAN_NAME") return sql`(${active} AND name = ${string(rule.matchValue)})`;
	const key = string(rule.matchKey ?? "");
	const value = string(rule.matchValue);
	return sql`(${active} AND if(mapContains(attributes, ${key}), attributes[${key}] = ${value},
		mapContains(resource_attributes, ${key}) AND resource_attributes[${key}] = ${value}))`;
}
