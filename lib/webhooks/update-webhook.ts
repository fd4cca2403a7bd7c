import { sealSecret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import type { AlertWebhook, AlertWebhookInput } from "@/lib/webhooks/alert-webhook";
import { fromWebhookRow } from "@/lib/webhooks/webhook-row";

/**
 * Replaces address and switch of a project's webhook; without a secret the stored one stays. What waits to be delivered goes
 * to the new address, signed with the new secret. Another project's is `not_found`.
 */
export async function updateWebhook(
	projectId: string,
	webhookId: string,
	{ url, secret, enabled }: AlertWebhookInput,
): Promise<AlertWebhook> {
	if (!isUuid(webhookId)) throw notFound("Webhook");
	const sealed = secret ? { sealedSecret: sealSecret(secret, webhookId.toLowerCase()) } : {};
	try {
		const row = await withDatabase(() =>
			db().alertWebhook.update({ where: { id: webhookId, projectId }, data: { url, enabled, ...sealed } }),
		);
		return fromWebhookRow(row);
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Webhook");
		throw error;
	}
}
