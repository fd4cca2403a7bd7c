import { isDeepStrictEqual } from "node:util";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { jsonValue } from "@/lib/db/json-value";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { AppError } from "@/lib/errors";
import { ruleError } from "@/lib/rules/create-rule";
import { definitionOf } from "@/lib/rules/definition-of";
import { getRule } from "@/lib/rules/get-rule";
import type { Rule, RuleInput } from "@/lib/rules/rule";
import { fromRuleRow, toRuleColumns } from "@/lib/rules/rule-row";

/**
 * Replaces a rule. A changed definition is a new version; evaluations already queued keep the one they were made by, and a
 * changed match looks at spans from now on.
 */
export async function updateRule(
	projectId: string,
	ruleId: string,
	input: RuleInput,
	now: Date = new Date(),
): Promise<Rule> {
	const before = await getRule(projectId, ruleId);
	const definition = definitionOf(input);
	const isChanged = !isDeepStrictEqual(definition, definitionOf(before));
	const matchesAnew =
		(input.enabled && !before.enabled) ||
		input.target !== before.target ||
		!isDeepStrictEqual(input.filter, before.filter);
	const version = before.version + 1;
	try {
		return fromRuleRow(
			await withDatabase(() =>
				db().rule.update({
					// Somebody who changed it meanwhile took this version: then the second change fails instead of hiding the first.
					where: { id: ruleId, projectId, version: before.version },
					data: {
						...toRuleColumns(input),
						...(matchesAnew && { activeSince: now }),
						...(isChanged && { version, versions: { create: { version, definition: jsonValue(definition) } } }),
					},
				}),
			),
		);
	} catch (error) {
		if (isMissingRow(error))
			throw new AppError("conflict", `The rule "${before.name}" was changed by somebody else meanwhile`);
		throw ruleError(error, input);
	}
}
