import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { getRule } from "@/lib/rules/get-rule";
import type { Rule } from "@/lib/rules/rule";
import { fromRuleRow } from "@/lib/rules/rule-row";

/** Switches a rule off, or on for the spans that arrive from now on. */
export async function setRuleEnabled(
	projectId: string,
	ruleId: string,
	enabled: boolean,
	now: Date = new Date(),
): Promise<Rule> {
	const before = await getRule(projectId, ruleId);
	if (before.enabled === enabled) return before;
	const row = await withDatabase(() =>
		db().rule.update({ where: { id: ruleId, projectId }, data: { enabled, ...(enabled ? { activeSince: now } : {}) } }),
	);
	return fromRuleRow(row);
}
