import { printFilter } from "@/lib/filter/print-filter";
import type { Rule } from "@/lib/rules/rule";
import { selectorOf } from "@/lib/rules/selector";

/** A rule in Dokimos' shape, with what is ours beside it: the filter as JSON and as text, the evaluator, sampling, budgets. */
export function ruleView({ activeSince: _, ...rule }: Rule) {
	const selector = selectorOf(rule.filter) ?? { matchType: "FILTER", matchKey: null, matchValue: null };
	const criteria = rule.evaluator.kind === "llm_judge" ? rule.evaluator.criteria : null;
	return { ...rule, ...selector, criteria, filterText: printFilter(rule.filter) };
}
