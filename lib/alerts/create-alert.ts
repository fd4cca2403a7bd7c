import type { Alert, AlertInput } from "@/lib/alerts/alert";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isForeignKeyViolation, isUniqueViolation } from "@/lib/db/prisma-errors";
import { AppError, notFound } from "@/lib/errors";

/** Creates an alert; it is measured within a minute. A rule of another project is `not_found`, a taken name `conflict`. */
export async function createAlert(projectId: string, input: AlertInput): Promise<Alert> {
	await requireOwnRule(projectId, input.ruleId);
	try {
		return await withDatabase(() => db().alert.create({ data: { ...input, projectId } }));
	} catch (error) {
		if (isForeignKeyViolation(error)) throw notFound("Project");
		throw alertError(error, input);
	}
}

/** Throws `not_found` unless the rule, when there is one, is the project's own. */
export async function requireOwnRule(projectId: string, ruleId: string | null): Promise<void> {
	if (ruleId === null) return;
	const own = await withDatabase(() => db().rule.count({ where: { id: ruleId, projectId } }));
	if (own === 0) throw notFound("Rule");
}

/** What a failed write of an alert means. */
export function alertError(error: unknown, input: AlertInput): unknown {
	if (isUniqueViolation(error)) {
		return new AppError("conflict", `An alert named "${input.name}" already exists in this project`);
	}
	return error;
}
