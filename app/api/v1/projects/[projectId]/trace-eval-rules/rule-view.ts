import type { Rule } from "@/lib/rules/rule";

/** A rule in Dokimos' shape. */
export function ruleView({ activeSince: _, ...rule }: Rule) {
	return rule;
}
