import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Trigger } from "@/lib/triggers/trigger";
import { fromTriggerRow } from "@/lib/triggers/trigger-row";

/** A project's triggers, oldest first. */
export async function listTriggers(projectId: string): Promise<Trigger[]> {
	const rows = await withDatabase(() =>
		db().evaluationTrigger.findMany({ where: { projectId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
	);
	return rows.map(fromTriggerRow);
}
