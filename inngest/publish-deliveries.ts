import { inngest } from "@/inngest/client";
import { DELIVERY_REQUESTED } from "@/inngest/events";
import { logger } from "@/lib/logger";
import { type DeliveryDispatch, listDueDeliveries, markDeliveriesDispatched } from "@/lib/webhooks/dispatch-deliveries";

// A delivery announced this long ago and still pending counts as never announced.
const LATE_MS = 2 * 60_000;

/** Announces pending deliveries that nobody was told of, one event each. Returns how many. */
export async function publishDueDeliveries(): Promise<number> {
	const lateBefore = new Date(Date.now() - LATE_MS);
	let published = 0;
	for (;;) {
		const due = await listDueDeliveries({ lateBefore });
		if (due.length === 0) return published;
		await inngest().send(due.map(deliveryRequested));
		await markDeliveriesDispatched(due.map(({ deliveryId }) => deliveryId));
		published += due.length;
	}
}

/** As `publishDueDeliveries`, but never throws: the sweep finds what was not announced. */
export async function announceDeliveries(): Promise<void> {
	try {
		await publishDueDeliveries();
	} catch (error) {
		logger.warn("deliveries not announced, the sweep will find them", {
			error: error instanceof Error ? error.name : "unknown",
		});
	}
}

// The id names the announcement, so one repeated after a crash starts nothing twice while a later one may.
function deliveryRequested({ deliveryId, webhookId, turn }: DeliveryDispatch) {
	return {
		name: DELIVERY_REQUESTED,
		id: `delivery:${deliveryId}:${turn}`,
		data: { deliveryId, webhookId },
	};
}
