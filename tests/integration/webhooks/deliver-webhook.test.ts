import { afterEach, expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { checkAlertsOnSchedule } from "@/inngest/functions/check-alerts";
import { deliverWebhook } from "@/inngest/functions/deliver-webhook";
import { sweepDeliveries } from "@/inngest/functions/sweep-deliveries";
import { publishProcessStarted } from "@/inngest/publish";
import { publishDueDeliveries } from "@/inngest/publish-deliveries";
import { db } from "@/lib/db/client";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { queueDeliveries } from "@/lib/webhooks/queue-deliveries";
import { resendDelivery } from "@/lib/webhooks/resend-delivery";
import { ended, provideEngineBed, startTestEngine, until } from "@/tests/integration/inngest/engine-bed";
import { newProject } from "@/tests/support/send";
import { startWebhookReceiver, type WebhookReceiver } from "@/tests/support/webhook-receiver";

provideEngineBed();

let receiver: WebhookReceiver | undefined;
afterEach(() => receiver?.close());

/** A message queued for a webhook that answers; nobody was told of it. */
async function queued() {
	receiver = await startWebhookReceiver();
	const { id: projectId } = await newProject();
	const webhook = await createWebhook(projectId, { url: receiver.url, secret: undefined, enabled: true });
	await queueDeliveries({ projectId, event: "alert.fired", payload: { value: 1 } });
	const { id } = await db().webhookDelivery.findFirstOrThrow({ where: { webhookId: webhook.id } });
	const delivered = () =>
		until(async () => (await db().webhookDelivery.findUnique({ where: { id } }))?.status === "DELIVERED");
	return { projectId, webhookId: webhook.id, deliveryId: id, received: receiver.received, delivered };
}

test("a queued message is announced once and delivered; sent again, it is announced again", async () => {
	await startTestEngine([deliverWebhook(inngest())]);
	const { received, delivered, ...named } = await queued();
	expect(await publishDueDeliveries()).toBe(1);
	expect(await publishDueDeliveries()).toBe(0);
	await delivered();
	expect(await ended("deliver-webhook")).toEqual([{ status: "completed", output: { deliveryId: named.deliveryId } }]);
	await resendDelivery(named);
	expect(await publishDueDeliveries()).toBe(1);
	await ended("deliver-webhook", 2);
	expect(received.map(({ headers }) => headers["x-spanwise-delivery"])).toEqual([named.deliveryId, named.deliveryId]);
});

test("the sweep at the start of a process finds a message that nobody was told of", async () => {
	await startTestEngine([deliverWebhook(inngest()), sweepDeliveries(inngest()), checkAlertsOnSchedule(inngest())]);
	const { received, delivered } = await queued();
	await publishProcessStarted();
	await delivered();
	expect(received.length).toBe(1);
});
