import { z } from "zod";
import type { Rule } from "@/lib/rules/rule";

/** The rule as it was when its span matched. */
export const TaskSnapshot = z.object({
	evaluatorName: z.string(),
	criteria: z.string(),
	minScore: z.number(),
	maxScore: z.number(),
	threshold: z.number().nullable(),
});
export type TaskSnapshot = z.infer<typeof TaskSnapshot>;

export function snapshotOf(rule: Rule): TaskSnapshot {
	const { evaluatorName, criteria, minScore, maxScore, threshold } = rule;
	return { evaluatorName, criteria, minScore, maxScore, threshold };
}
