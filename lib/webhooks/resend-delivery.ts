import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { AppError, notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import type { Delivery } from "@/lib/webhooks/delivery";
import { fromDeliveryRow } from "@/lib/webhooks/delivery-row";
import { getWebhook } from "@/lib/webhooks/get-webhook";

interface Named {
	projectId: string;
	webhookId: string;
	deliveryId: string;
	now?: Date;
}

/**
 * Queues a delivery that has ended once more, with the same bytes, the same id and new attempts. One that still waits is
 * tried at once instead. A webhook that is switched off is `conflict`, another project's is `not_found`.
 */
export async function resendDelivery({ projectId, webhookId, deliveryId, now = new Date() }: Named): Promise<Delivery> {
	const webhook = await getWebhook(projectId, webhookId);
	if (!isUuid(deliveryId)) throw notFound("Delivery");
	if (!webhook.enabled) throw new AppError("conflict", "The webhook is switched off: switch it on first");
	const where = { id: deliveryId, webhookId, projectId };
	// `notBefore` is now, not null: it makes the announcement another one than the first.
	const again = { dispatchedAt: null, notBefore: now };
	const ended = { status: { in: ["DELIVERED" as const, "FAILED" as const] } };
	const [, , row] = await withDatabase(() =>
		db().$transaction([
			db().webhookDelivery.updateMany({ where: { ...where, status: "PENDING", claimToken: null }, data: again }),
			db().webhookDelivery.updateMany({
				where: { ...where, ...ended },
				data: { ...again, status: "PENDING", attempts: 0, completedAt: null, claimToken: null, claimedAt: null },
			}),
			db().webhookDelivery.findFirst({ where }),
		]),
	);
	if (!row) throw notFound("Delivery");
	return fromDeliveryRow(row);
}
