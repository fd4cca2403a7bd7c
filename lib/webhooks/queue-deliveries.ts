import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Prisma } from "@/lib/db/generated/client";

interface Message {
	projectId: string;
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
	{ projectId, event, payload }: Message,
	tx: Prisma.TransactionClient = db(),
): Promise<number> {
	const body = JSON.stringify(payload);
	return withDatabase(async () => {
		const webhooks = await tx.alertWebhook.findMany({ where: { projectId, enabled: true }, select: { id: true } });
		const data = webhooks.map(({ id }) => ({ webhookId: id, projectId, event, body }));
		if (data.length === 0) return 0;
		return (await tx.webhookDelivery.createMany({ data })).count;
	});
}
