import type { Alert } from "@/lib/alerts/alert";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/**
 * Switches an alert on, or off: it is no longer measured then and keeps its state, of which nobody is told. Another project's
 * is `not_found`.
 */
export async function setAlertEnabled(projectId: string, alertId: string, enabled: boolean): Promise<Alert> {
	if (!isUuid(alertId)) throw notFound("Alert");
	try {
		return await withDatabase(() => db().alert.update({ where: { id: alertId, projectId }, data: { enabled } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Alert");
		throw error;
	}
}
