import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { notFound } from "@/lib/errors";
import { deliver } from "@/lib/webhooks/deliver";
import { type Delivery, TEST_EVENT } from "@/lib/webhooks/delivery";
import { fromDeliveryRow } from "@/lib/webhooks/delivery-row";
import { getWebhook } from "@/lib/webhooks/get-webhook";

/**
 * Sends a project's webhook a message that says it is a test, once and at once, also to one that is switched off, and
 * returns how it went. Another project's is `not_found`.
 */
export async function sendTest(projectId: string, webhookId: string, now: Date = new Date()): Promise<Delivery> {
	const webhook = await getWebhook(projectId, webhookId);
	const project = await withDatabase(() => db().project.findUniqueOrThrow({ where: { id: projectId } }));
	const payload = {
		event: TEST_EVENT,
		webhookId: webhook.id,
		projectId,
		projectName: project.name,
		at: now.toISOString(),
		text: `Spanwise tries out this webhook of the project “${project.name}”. Nothing has happened.`,
	};
	// Noted as announced: nobody else need send it.
	const data = {
		webhookId: webhook.id,
		projectId,
		event: TEST_EVENT,
		body: JSON.stringify(payload),
		dispatchedAt: now,
	};
	const { id } = await withDatabase(() => db().webhookDelivery.create({ data }));
	await deliver({ deliveryId: id, runId: randomUUID() });
	const row = await withDatabase(() => db().webhookDelivery.findUnique({ where: { id } }));
	// Deleted meanwhile, with its webhook.
	if (!row) throw notFound("Webhook");
	return fromDeliveryRow(row);
}
