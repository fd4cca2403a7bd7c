import type { Alert } from "@/lib/alerts/alert";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** A project's alert; another project's is `not_found`. */
export async function getAlert(projectId: string, alertId: string): Promise<Alert> {
	const alert = isUuid(alertId)
		? await withDatabase(() => db().alert.findFirst({ where: { id: alertId, projectId } }))
		: null;
	if (!alert) throw notFound("Alert");
	return alert;
}
