import { type Inngest, type InngestFunction, RetryAfterError } from "inngest";
import { DELIVERY_REQUESTED, DeliveryRequested } from "@/inngest/events";
import { retrySoon } from "@/inngest/retry-soon";
import { deliver } from "@/lib/webhooks/deliver";

/**
 * One message to one webhook. The delivery decides how often it is tried and when it has failed; the function only comes back
 * when told to. Five at a time per webhook, so that one which hangs holds up nobody else's.
 */
export function deliverWebhook(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{
			id: "deliver-webhook",
			triggers: [{ event: DELIVERY_REQUESTED }],
			retries: 20,
			concurrency: { key: "event.data.webhookId", limit: 5 },
		},
		async ({ event, runId }) => {
			const { deliveryId } = DeliveryRequested.parse(event.data);
			const outcome = await retrySoon(() => deliver({ deliveryId, runId }));
			if (outcome.status === "retry")
				throw new RetryAfterError("the receiver did not take it", new Date(Date.now() + outcome.afterMs));
			return { deliveryId };
		},
	);
}
