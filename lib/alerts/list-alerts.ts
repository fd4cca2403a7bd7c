import type { Alert } from "@/lib/alerts/alert";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/** A project's alerts, oldest first. */
export function listAlerts(projectId: string): Promise<Alert[]> {
	return withDatabase(() =>
		db().alert.findMany({ where: { projectId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
	);
}
