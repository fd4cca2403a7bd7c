import type { AlertWebhook as Row } from "@/lib/db/generated/client";
import type { AlertWebhook } from "@/lib/webhooks/alert-webhook";

/** A stored webhook as people may see it. */
export function fromWebhookRow({ id, projectId, url, sealedSecret, enabled, createdAt }: Row): AlertWebhook {
	return { id, projectId, url, hasSecret: sealedSecret !== null, enabled, createdAt };
}
