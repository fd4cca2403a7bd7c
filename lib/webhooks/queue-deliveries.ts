import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Prisma } from "@/lib/db/generated/client";
import { OVERTAKEN } from "@/lib/webhooks/overtaken";

interface Message {
	projectId: string;
	/** What it speaks of: its earlier messages that wait for the same webhook are not sent any more. */
	alertId?: string;
	/** Such as `alert.fired`. */
	event: string;
	/** Becomes JSON once: every attempt at every webhook sends the same bytes. */
	payload: object;
}

/**
 * Queues a message for each enabled webhook of a project, in the caller's transaction if there is one, so that it is queued
 * exactly if what it tells is stored. Returns how many; nobody is told yet.
 */
export async function queueDeliveries(
	{ projectId, alertId, event, payload }: Message,
	tx: Prisma.TransactionClient = db(),
): Promise<number> {
	const body = JSON.stringify(payload);
	return withDatabase(async () => {
		const webhooks = await tx.alertWebhook.findMany({ where: { projectId, enabled: true }, select: { id: true } });
		const data = webhooks.map(({ id }) => ({ webhookId: id, projectId, alertId: alertId ?? null, event, body }));
		if (data.length === 0) return 0;
		if (alertId !== undefined) {
			await tx.webhookDelivery.updateMany({
				where: { alertId, webhookId: { in: webhooks.map(({ id }) => id) }, status: "PENDING", claimToken: null },
				data: { status: "FAILED", lastError: OVERTAKEN, completedAt: new Date() },
			});
		}
		return (await tx.webhookDelivery.createMany({ data })).count;
	});
}
