import type { FilterTree } from "@/lib/filter/filter";
import type { Rule } from "@/lib/rules/rule";

/**
 * What a rule selects, as a filter: a span's exact, case-sensitive name, or an attribute's text, read from the span and else
 * from its resource.
 */
export function selectorFilter(rule: Pick<Rule, "matchType" | "matchKey" | "matchValue">): FilterTree {
	const field = rule.matchType === "SPAN_NAME" ? "name" : `attribute.${rule.matchKey ?? ""}`;
	return { field, op: "=", value: rule.matchValue };
}
