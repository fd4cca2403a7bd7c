import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { WebhookDelivery } from "@/lib/db/generated/client";

/** Why a delivery ended that was not sent any more. */
export const OVERTAKEN = "A later message took its place";

/** True when the same webhook was meanwhile to be told something later of the same alert. */
export async function isOvertaken({ alertId, webhookId, createdAt, id }: WebhookDelivery): Promise<boolean> {
	if (alertId === null) return false;
	const later = await withDatabase(() =>
		db().webhookDelivery.count({
			where: { alertId, webhookId, id: { not: id }, createdAt: { gt: createdAt } },
			take: 1,
		}),
	);
	return later > 0;
}
