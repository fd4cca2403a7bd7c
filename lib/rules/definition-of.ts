import type { RuleDefinition } from "@/lib/rules/rule";

/** What a verdict depends on, always in the same order: equal definitions are equal JSON. */
export function definitionOf(rule: RuleDefinition): RuleDefinition {
	const { filter, target, settleSeconds, settleSecondsMax, sampleRate } = rule;
	const { evaluatorName, evaluator, connectionId, minScore, maxScore, threshold } = rule;
	return {
		filter,
		target,
		settleSeconds,
		settleSecondsMax,
		sampleRate,
		evaluatorName,
		evaluator,
		connectionId,
		minScore,
		maxScore,
		threshold,
	};
}
