import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** Deletes a project's trigger: its secret is worth nothing from now on. Another project's is `not_found`. */
export async function deleteTrigger(projectId: string, triggerId: string): Promise<void> {
	if (!isUuid(triggerId)) throw notFound("Trigger");
	try {
		await withDatabase(() => db().evaluationTrigger.delete({ where: { id: triggerId, projectId } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Trigger");
		throw error;
	}
}
