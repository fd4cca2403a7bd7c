import { z } from "zod";
import type { Rule } from "@/lib/rules/rule";

/**
 * What an evaluation shows of its rule as it was when the span matched, also once the rule is gone. How it judges is kept with
 * the rule's versions only: prompts stay out of the queue.
 */
export const TaskSnapshot = z.object({
	ruleName: z.string().default(""),
	evaluatorName: z.string(),
	minScore: z.number(),
	maxScore: z.number(),
	threshold: z.number().nullable(),
});
export type TaskSnapshot = z.infer<typeof TaskSnapshot>;

export function snapshotOf(rule: Rule): TaskSnapshot {
	const { name, evaluatorName, minScore, maxScore, threshold } = rule;
	return { ruleName: name, evaluatorName, minScore, maxScore, threshold };
}
