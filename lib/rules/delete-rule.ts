import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/**
 * Deletes a rule. Finished evaluations stay, detached; those not yet finished are dropped with it, for nobody waits for
 * them any more.
 */
export async function deleteRule(projectId: string, ruleId: string): Promise<void> {
	if (!isUuid(ruleId)) throw notFound("Rule");
	try {
		await withDatabase(() =>
			db().$transaction([
				db().evaluationTask.deleteMany({
					where: { projectId, ruleId, status: { in: ["PENDING", "CLAIMED", "BLOCKED"] } },
				}),
				db().rule.delete({ where: { id: ruleId, projectId } }),
			]),
		);
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Rule");
		throw error;
	}
}
