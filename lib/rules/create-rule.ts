import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { jsonValue } from "@/lib/db/json-value";
import { isForeignKeyViolation, isUniqueViolation } from "@/lib/db/prisma-errors";
import { AppError, notFound } from "@/lib/errors";
import { definitionOf } from "@/lib/rules/definition-of";
import type { Rule, RuleInput } from "@/lib/rules/rule";
import { fromRuleRow, toRuleColumns } from "@/lib/rules/rule-row";

/** Creates a rule; it judges spans that arrive from now on. Unknown connection `not_found`, taken name `conflict`. */
export async function createRule(projectId: string, input: RuleInput): Promise<Rule> {
	const versions = { create: { version: 1, definition: jsonValue(definitionOf(input)) } };
	try {
		return fromRuleRow(
			await withDatabase(() => db().rule.create({ data: { ...toRuleColumns(input), projectId, versions } })),
		);
	} catch (error) {
		throw ruleError(error, input);
	}
}

/** What a failed write of a rule means. */
export function ruleError(error: unknown, input: RuleInput): unknown {
	if (isForeignKeyViolation(error)) return notFound("LLM connection");
	if (isUniqueViolation(error)) {
		return new AppError("conflict", `A rule named "${input.name}" already exists in this project`);
	}
	return error;
}
