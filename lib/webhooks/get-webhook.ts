import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import type { AlertWebhook } from "@/lib/webhooks/alert-webhook";
import { fromWebhookRow } from "@/lib/webhooks/webhook-row";

/** A project's webhook; another project's is `not_found`. */
export async function getWebhook(projectId: string, webhookId: string): Promise<AlertWebhook> {
	const row = isUuid(webhookId)
		? await withDatabase(() => db().alertWebhook.findFirst({ where: { id: webhookId, projectId } }))
		: null;
	if (!row) throw notFound("Webhook");
	return fromWebhookRow(row);
}
