import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import type { AlertWebhook } from "@/lib/webhooks/alert-webhook";
import { fromWebhookRow } from "@/lib/webhooks/webhook-row";

/**
 * Switches a project's webhook on, or off: what waits to be delivered to it then fails when its turn comes. Another
 * project's is `not_found`.
 */
export async function setWebhookEnabled(projectId: string, webhookId: string, enabled: boolean): Promise<AlertWebhook> {
	if (!isUuid(webhookId)) throw notFound("Webhook");
	try {
		return fromWebhookRow(
			await withDatabase(() => db().alertWebhook.update({ where: { id: webhookId, projectId }, data: { enabled } })),
		);
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Webhook");
		throw error;
	}
}
