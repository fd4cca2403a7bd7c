import type { Rule as Row } from "@/lib/db/generated/client";
import { jsonValue } from "@/lib/db/json-value";
import { FilterTree } from "@/lib/filter/filter";
import { Evaluator } from "@/lib/rules/evaluator";
import type { Rule, RuleInput } from "@/lib/rules/rule";

/** A stored rule. */
export function fromRuleRow(row: Row): Rule {
	return { ...row, filter: FilterTree.parse(row.filter), evaluator: Evaluator.parse(row.evaluator) };
}

/** A rule as the columns take it. */
export function toRuleColumns(input: RuleInput) {
	return { ...input, filter: jsonValue(input.filter), evaluator: jsonValue(input.evaluator) };
}
