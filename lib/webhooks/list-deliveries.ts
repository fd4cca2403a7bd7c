import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Delivery } from "@/lib/webhooks/delivery";
import { fromDeliveryRow } from "@/lib/webhooks/delivery-row";
import { getWebhook } from "@/lib/webhooks/get-webhook";

interface Listing {
	projectId: string;
	webhookId: string;
	/** From 0. */
	page: number;
	size: number;
}

/** One page of what was sent to a webhook, newest first, and how much there is. Another project's is `not_found`. */
export async function listDeliveries({
	projectId,
	webhookId,
	page,
	size,
}: Listing): Promise<{ deliveries: Delivery[]; total: number }> {
	await getWebhook(projectId, webhookId);
	const where = { webhookId, projectId };
	const [rows, total] = await withDatabase(() =>
		Promise.all([
			db().webhookDelivery.findMany({
				where,
				orderBy: [{ createdAt: "desc" }, { id: "desc" }],
				skip: page * size,
				take: size,
			}),
			db().webhookDelivery.count({ where }),
		]),
	);
	return { deliveries: rows.map(fromDeliveryRow), total };
}
