import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { ruleError } from "@/lib/rules/create-rule";
import { getRule } from "@/lib/rules/get-rule";
import type { Rule, RuleInput } from "@/lib/rules/rule";

/** Replaces a rule. Evaluations already queued keep the rule as it was; a changed match looks at spans from now on. */
export async function updateRule(
	projectId: string,
	ruleId: string,
	input: RuleInput,
	now: Date = new Date(),
): Promise<Rule> {
	const before = await getRule(projectId, ruleId);
	const matchesAnew =
		(input.enabled && !before.enabled) ||
		input.matchType !== before.matchType ||
		input.matchKey !== before.matchKey ||
		input.matchValue !== before.matchValue;
	try {
		return await withDatabase(() =>
			db().rule.update({
				where: { id: ruleId, projectId },
				data: { ...input, ...(matchesAnew ? { activeSince: now } : {}) },
			}),
		);
	} catch (error) {
		throw ruleError(error, input);
	}
}
