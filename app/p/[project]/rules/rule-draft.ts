import { printFilter } from "@/lib/filter/print-filter";
import type { Starter } from "@/lib/rules/gallery";
import type { Rule, RuleInput } from "@/lib/rules/rule";

/** What a rule's form shows at first. */
export type RuleDraft = Omit<RuleInput, "filter"> & { filter: string };

export const BLANK_DRAFT: RuleDraft = {
	name: "",
	enabled: true,
	filter: "",
	target: "SPAN",
	settleSeconds: 30,
	settleSecondsMax: 900,
	sampleRate: 1,
	dailyBudgetUsd: null,
	dailyBudgetCount: null,
	priority: 0,
	evaluatorName: "",
	evaluator: { kind: "llm_judge", criteria: "", template: null },
	connectionId: null,
	minScore: 0,
	maxScore: 1,
	threshold: 0.5,
};

export function draftOfRule(rule: Rule): RuleDraft {
	return { ...rule, filter: printFilter(rule.filter) };
}

export function draftOfStarter(starter: Starter | null): RuleDraft {
	return { ...BLANK_DRAFT, ...starter?.body };
}
