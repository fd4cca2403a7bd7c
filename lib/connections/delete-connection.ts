import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isForeignKeyViolation, isMissingRow } from "@/lib/db/prisma-errors";
import { AppError, notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/**
 * Deletes a connection that no rule uses; otherwise `conflict` naming the rules. Evaluations that still waited for it, made
 * when a rule did use it, end as failed.
 */
export async function deleteConnection(id: string, now: Date = new Date()): Promise<void> {
	if (!isUuid(id)) throw notFound("LLM connection");
	try {
		await withDatabase(() =>
			db().$transaction([
				db().connection.delete({ where: { id } }),
				db().evaluationTask.updateMany({
					where: { connectionId: id, status: { in: ["PENDING", "BLOCKED"] } },
					data: { status: "FAILED", lastError: "The connection was deleted", lastErrorKind: null, completedAt: now },
				}),
			]),
		);
	} catch (error) {
		if (isMissingRow(error)) throw notFound("LLM connection");
		if (!isForeignKeyViolation(error)) throw error;
		const rules = await withDatabase(() =>
			db().rule.findMany({ where: { connectionId: id }, select: { name: true }, orderBy: { name: "asc" } }),
		);
		const names = rules.map((rule) => `"${rule.name}"`).join(", ");
		throw new AppError("conflict", `The LLM connection is used by the rules ${names}: change or delete them first`);
	}
}
