import { randomUUID } from "node:crypto";
import { sealSecret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isForeignKeyViolation } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import type { AlertWebhook, AlertWebhookInput } from "@/lib/webhooks/alert-webhook";
import { fromWebhookRow } from "@/lib/webhooks/webhook-row";

/** Adds a webhook to a project. Its address is checked when something is sent to it, not now. */
export async function createWebhook(
	projectId: string,
	{ url, secret, enabled }: AlertWebhookInput,
): Promise<AlertWebhook> {
	const id = randomUUID();
	const sealedSecret = secret ? sealSecret(secret, id) : null;
	try {
		const row = await withDatabase(() =>
			db().alertWebhook.create({ data: { id, projectId, url, sealedSecret, enabled } }),
		);
		return fromWebhookRow(row);
	} catch (error) {
		if (isForeignKeyViolation(error)) throw notFound("Project");
		throw error;
	}
}
