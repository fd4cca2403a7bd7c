import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** Deletes a project's webhook with the log of its deliveries. Another project's is `not_found`. */
export async function deleteWebhook(projectId: string, webhookId: string): Promise<void> {
	if (!isUuid(webhookId)) throw notFound("Webhook");
	try {
		await withDatabase(() => db().alertWebhook.delete({ where: { id: webhookId, projectId } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Webhook");
		throw error;
	}
}
