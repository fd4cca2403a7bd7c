import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import type { Rule } from "@/lib/rules/rule";
import { fromRuleRow } from "@/lib/rules/rule-row";

/** A project's rule; another project's rule is `not_found`. */
export async function getRule(projectId: string, ruleId: string): Promise<Rule> {
	const rule = isUuid(ruleId)
		? await withDatabase(() => db().rule.findFirst({ where: { id: ruleId, projectId } }))
		: null;
	if (!rule) throw notFound("Rule");
	return fromRuleRow(rule);
}
