import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { deleteProject } from "@/lib/projects/delete-project";
import type { AlertWebhookInput } from "@/lib/webhooks/alert-webhook";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { deleteWebhook } from "@/lib/webhooks/delete-webhook";
import { getWebhook } from "@/lib/webhooks/get-webhook";
import { listDeliveries } from "@/lib/webhooks/list-deliveries";
import { listWebhooks } from "@/lib/webhooks/list-webhooks";
import { queueDeliveries } from "@/lib/webhooks/queue-deliveries";
import { resendDelivery } from "@/lib/webhooks/resend-delivery";
import { sendTest } from "@/lib/webhooks/send-test";
import { setWebhookEnabled } from "@/lib/webhooks/set-webhook-enabled";
import { updateWebhook } from "@/lib/webhooks/update-webhook";
import { failure } from "@/tests/support/failure";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const ABSENT = "00000000-0000-7000-8000-000000000000";
const SECRET = "whsec-0123456789";
const row = (id: string) => db().alertWebhook.findUniqueOrThrow({ where: { id } });

function input(given: Partial<AlertWebhookInput> = {}): AlertWebhookInput {
	return { url: "https://hooks.example/a", secret: SECRET, enabled: true, ...given };
}

describe("webhook verbs", () => {
	it("create, read, list, replace, switch and delete, and never show the secret", async () => {
		const project = await newProject();
		const one = await createWebhook(project.id, input());
		expect(one).toEqual({
			id: one.id,
			projectId: project.id,
			url: "https://hooks.example/a",
			hasSecret: true,
			enabled: true,
			createdAt: expect.any(Date),
		});
		const two = await createWebhook(project.id, input({ secret: undefined }));
		expect(two.hasSecret).toBe(false);
		expect(await listWebhooks(project.id)).toEqual([one, two]);
		const moved = await updateWebhook(project.id, one.id, input({ url: "https://hooks.example/b", enabled: false }));
		expect(moved).toEqual({ ...one, url: "https://hooks.example/b", enabled: false });
		expect(await setWebhookEnabled(project.id, one.id, true)).toEqual({ ...moved, enabled: true });
		for (const shown of [one, moved, await listWebhooks(project.id), await row(one.id)]) {
			expect(JSON.stringify(shown) + inspect(shown)).not.toContain(SECRET);
		}
		await deleteWebhook(project.id, one.id);
		expect(await listWebhooks(project.id)).toEqual([two]);
	});

	it("keep the secret when an update names none", async () => {
		const project = await newProject();
		const { id } = await createWebhook(project.id, input());
		const { sealedSecret } = await row(id);
		expect((await updateWebhook(project.id, id, input({ secret: undefined }))).hasSecret).toBe(true);
		expect((await row(id)).sealedSecret).toBe(sealedSecret);
		await updateWebhook(project.id, id.toUpperCase(), input({ secret: "another" }));
		expect((await row(id)).sealedSecret).not.toBe(sealedSecret);
	});

	it("do not find another project's, an unknown one or what is no id, and change nothing", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const webhook = await createWebhook(other.id, input());
		await queueDeliveries({ projectId: other.id, event: "alert.fired", payload: {} });
		const { deliveries } = await listDeliveries({ projectId: other.id, webhookId: webhook.id, page: 0, size: 1 });
		const deliveryId = deliveries[0]?.id ?? "";
		for (const webhookId of [webhook.id, ABSENT, "webhook", "", "' OR 1=1"]) {
			for (const verb of [
				() => getWebhook(mine.id, webhookId),
				() => updateWebhook(mine.id, webhookId, input({ url: "https://thief.example" })),
				() => setWebhookEnabled(mine.id, webhookId, false),
				() => deleteWebhook(mine.id, webhookId),
				() => sendTest(mine.id, webhookId),
				() => listDeliveries({ projectId: mine.id, webhookId, page: 0, size: 1 }),
				() => resendDelivery({ projectId: mine.id, webhookId, deliveryId }),
			]) {
				expect(await failure(verb)).toMatchObject({ code: "not_found", message: "Webhook not found" });
			}
		}
		const own = await createWebhook(mine.id, input());
		for (const id of [deliveryId, ABSENT, "delivery"]) {
			const resend = () => resendDelivery({ projectId: mine.id, webhookId: own.id, deliveryId: id });
			expect(await failure(resend)).toMatchObject({ code: "not_found", message: "Delivery not found" });
		}
		expect(await listWebhooks(other.id)).toEqual([webhook]);
		expect(await failure(() => createWebhook(ABSENT, input()))).toMatchObject({ message: "Project not found" });
	});

	it("go with their project, and their log with them", async () => {
		const project = await newProject();
		const { id } = await createWebhook(project.id, input());
		await queueDeliveries({ projectId: project.id, event: "alert.fired", payload: {} });
		await deleteProject(project.id);
		expect(await db().webhookDelivery.count({ where: { webhookId: id } })).toBe(0);
	});
});

describe("queueDeliveries()", () => {
	it("queues the same bytes for each enabled webhook of the project, or nothing with its transaction", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const [one, two] = [await createWebhook(project.id, input()), await createWebhook(project.id, input())];
		await createWebhook(project.id, input({ enabled: false }));
		await createWebhook(other.id, input());
		const message = { projectId: project.id, event: "alert.fired", payload: { value: 0.1, name: "Grüße" } };
		await expect(
			db().$transaction(async (tx) => {
				await queueDeliveries(message, tx);
				throw new Error("rolled back");
			}),
		).rejects.toThrow("rolled back");
		expect(await db().webhookDelivery.count({ where: { projectId: project.id } })).toBe(0);
		expect(await db().$transaction((tx) => queueDeliveries(message, tx))).toBe(2);
		const rows = await db().webhookDelivery.findMany({ where: { event: "alert.fired", projectId: project.id } });
		expect(rows.map((delivery) => delivery.webhookId).sort()).toEqual([one.id, two.id].sort());
		for (const { body } of rows) expect(body).toBe('{"value":0.1,"name":"Grüße"}');
		expect(await db().webhookDelivery.count({ where: { projectId: other.id } })).toBe(0);
	});
});
