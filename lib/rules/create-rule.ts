import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isForeignKeyViolation, isUniqueViolation } from "@/lib/db/prisma-errors";
import { AppError, notFound } from "@/lib/errors";
import type { Rule, RuleInput } from "@/lib/rules/rule";

/** Creates a rule; it judges spans that arrive from now on. Unknown connection `not_found`, taken name `conflict`. */
export async function createRule(projectId: string, input: RuleInput): Promise<Rule> {
	try {
		return await withDatabase(() => db().rule.create({ data: { ...input, projectId } }));
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
