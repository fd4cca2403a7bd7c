import { z } from "zod";
import { Evaluator } from "@/lib/rules/evaluator";
import type { Rule } from "@/lib/rules/rule";

/** What a task needs of its rule as it was when the span matched. */
export const TaskSnapshot = z.object({
	ruleName: z.string().default(""),
	evaluatorName: z.string(),
	evaluator: Evaluator,
	minScore: z.number(),
	maxScore: z.number(),
	threshold: z.number().nullable(),
});
export type TaskSnapshot = z.infer<typeof TaskSnapshot>;

export function snapshotOf(rule: Rule): TaskSnapshot {
	const { name, evaluatorName, evaluator, minScore, maxScore, threshold } = rule;
	return { ruleName: name, evaluatorName, evaluator, minScore, maxScore, threshold };
}
