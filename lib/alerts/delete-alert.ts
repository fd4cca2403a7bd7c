import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** Deletes an alert with its history; nobody is told. Another project's is `not_found`. */
export async function deleteAlert(projectId: string, alertId: string): Promise<void> {
	if (!isUuid(alertId)) throw notFound("Alert");
	try {
		await withDatabase(() => db().alert.delete({ where: { id: alertId, projectId } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Alert");
		throw error;
	}
}
