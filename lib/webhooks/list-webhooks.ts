import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { AlertWebhook } from "@/lib/webhooks/alert-webhook";
import { fromWebhookRow } from "@/lib/webhooks/webhook-row";

/** A project's webhooks, oldest first. */
export async function listWebhooks(projectId: string): Promise<AlertWebhook[]> {
	const rows = await withDatabase(() =>
		db().alertWebhook.findMany({ where: { projectId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
	);
	return rows.map(fromWebhookRow);
}
