import type { Alert } from "@/lib/alerts/alert";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** Ends the mute: what changed meanwhile and still holds is told at the next check. Another project's is `not_found`. */
export async function unmuteAlert(projectId: string, alertId: string): Promise<Alert> {
	if (!isUuid(alertId)) throw notFound("Alert");
	try {
		return await withDatabase(() =>
			db().alert.update({ where: { id: alertId, projectId }, data: { mutedUntil: null } }),
		);
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Alert");
		throw error;
	}
}
