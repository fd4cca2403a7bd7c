import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { AlertWebhook, WebhookDelivery } from "@/lib/db/generated/client";

/** A test says at once how it went; nobody waits for its hours of retries. */
export const ATTEMPTS_MAX = 10;
export const TEST_ATTEMPTS_MAX = 1;

// Several times what an attempt may take.
const CLAIM_TIMEOUT_MS = 60_000;
const INTERRUPTED = "Interrupted on the last attempt";

export interface DeliveryClaim {
	delivery: WebhookDelivery & { webhook: AlertWebhook };
	token: string;
}

/**
 * Takes a delivery for one attempt, atomically: when it is pending, need not wait and nobody has it, when the same run held
 * it before a crash, or when its claim is older than a minute. Null when somebody else has it or it has ended. One that was
 * interrupted on its last attempt ends FAILED instead of being sent for ever.
 */
export async function claimDelivery(
	deliveryId: string,
	runId: string,
	{ attemptsMax, now }: { attemptsMax: number; now: Date },
): Promise<DeliveryClaim | null> {
	const free = {
		OR: [
			{ claimToken: null },
			{ claimToken: { startsWith: `${runId}:` } },
			{ claimedAt: { lt: new Date(now.getTime() - CLAIM_TIMEOUT_MS) } },
		],
	};
	const waited = { OR: [{ notBefore: null }, { notBefore: { lte: now } }] };
	const token = `${runId}:${randomUUID()}`;
	const { count } = await withDatabase(() =>
		db().webhookDelivery.updateMany({
			where: { id: deliveryId, status: "PENDING", attempts: { lt: attemptsMax }, AND: [free, waited] },
			data: { claimToken: token, claimedAt: now, notBefore: null, attempts: { increment: 1 } },
		}),
	);
	if (count === 0) {
		await withDatabase(() =>
			db().webhookDelivery.updateMany({
				where: { id: deliveryId, status: "PENDING", attempts: { gte: attemptsMax }, AND: [free] },
				data: { status: "FAILED", lastError: INTERRUPTED, completedAt: now, claimToken: null },
			}),
		);
		return null;
	}
	const delivery = await withDatabase(() =>
		db().webhookDelivery.findUnique({ where: { id: deliveryId, claimToken: token }, include: { webhook: true } }),
	);
	return delivery && { delivery, token };
}

/** Gives up claims older than a minute, so that the deliveries count as never announced. Returns how many. */
export async function releaseStaleDeliveries(now: Date = new Date()): Promise<number> {
	const { count } = await withDatabase(() =>
		db().webhookDelivery.updateMany({
			where: {
				status: "PENDING",
				claimToken: { not: null },
				claimedAt: { lt: new Date(now.getTime() - CLAIM_TIMEOUT_MS) },
			},
			// The moment makes the next announcement another one than the last.
			data: { claimToken: null, claimedAt: null, dispatchedAt: null, notBefore: now },
		}),
	);
	return count;
}
