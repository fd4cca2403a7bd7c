import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

const BATCH_MAX = 100;

export interface DeliveryDispatch {
	deliveryId: string;
	webhookId: string;
	/** Epoch milliseconds of what makes this announcement another one than the last; 0 for the first. */
	turn: number;
}

/**
 * Pending deliveries that nobody was told of, oldest first, at most 100. Announced before `lateBefore`, not told to wait
 * beyond it and still pending counts as never announced.
 */
export async function listDueDeliveries({ lateBefore }: { lateBefore: Date }): Promise<DeliveryDispatch[]> {
	const rows = await withDatabase(() =>
		db().webhookDelivery.findMany({
			where: {
				status: "PENDING",
				OR: [
					{ dispatchedAt: null },
					{ dispatchedAt: { lt: lateBefore }, OR: [{ notBefore: null }, { notBefore: { lt: lateBefore } }] },
				],
			},
			select: { id: true, webhookId: true, dispatchedAt: true, notBefore: true },
			orderBy: { id: "asc" },
			take: BATCH_MAX,
		}),
	);
	return rows.map(({ id, webhookId, dispatchedAt, notBefore }) => ({
		deliveryId: id,
		webhookId,
		turn: Math.max(dispatchedAt?.getTime() ?? 0, notBefore?.getTime() ?? 0),
	}));
}

/** Notes that deliveries were announced. */
export async function markDeliveriesDispatched(deliveryIds: string[], now: Date = new Date()): Promise<void> {
	await withDatabase(() =>
		db().webhookDelivery.updateMany({ where: { id: { in: deliveryIds } }, data: { dispatchedAt: now } }),
	);
}
