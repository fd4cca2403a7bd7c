import { createHmac, randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { parseEnv } from "@/lib/env";
import { openOutboundFetch } from "@/lib/http/outbound-fetch";
import { outboundPolicy } from "@/lib/http/outbound-guard";
import { randomHex } from "@/lib/ids";
import { releaseStaleDeliveries } from "@/lib/webhooks/claim-delivery";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { deliver } from "@/lib/webhooks/deliver";
import { listDueDeliveries, markDeliveriesDispatched } from "@/lib/webhooks/dispatch-deliveries";
import { listDeliveries } from "@/lib/webhooks/list-deliveries";
import { pruneDeliveries } from "@/lib/webhooks/prune-deliveries";
import { queueDeliveries } from "@/lib/webhooks/queue-deliveries";
import { resendDelivery } from "@/lib/webhooks/resend-delivery";
import { sendTest } from "@/lib/webhooks/send-test";
import { setWebhookEnabled } from "@/lib/webhooks/set-webhook-enabled";
import { failure } from "@/tests/support/failure";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";
import { type Reception, startWebhookReceiver, type WebhookReceiver } from "@/tests/support/webhook-receiver";

ownStores();

const SECRET = "whsec-0123456789";
const CANARY = "an alert's name";

let receiver: WebhookReceiver | undefined;
afterEach(() => receiver?.close());

const reload = (id: string) => db().webhookDelivery.findUniqueOrThrow({ where: { id } });
const hmac = (text: string) => createHmac("sha256", SECRET).update(text).digest("hex");

/** A message queued for a webhook whose receiver answers these replies in turn, the last one for ever. */
async function queued(
	replies: Reception[],
	{ alertId, ...given }: { url?: string; secret?: string | undefined; alertId?: string } = {},
) {
	await receiver?.close();
	receiver = await startWebhookReceiver((_, earlier) => replies[Math.min(earlier, replies.length - 1)] ?? "hang");
	const project = await newProject();
	const webhook = await createWebhook(project.id, { url: receiver.url, secret: SECRET, enabled: true, ...given });
	const payload = { name: CANARY, value: 0.25 };
	await queueDeliveries({ projectId: project.id, ...(alertId && { alertId }), event: "alert.fired", payload });
	const { id } = await db().webhookDelivery.findFirstOrThrow({ where: { webhookId: webhook.id } });
	return { project, webhook, id, received: receiver.received };
}

/** Delivers until it ends, as if each wait had passed; the waits. */
async function deliverToEnd(deliveryId: string, timeoutMs = 5000): Promise<number[]> {
	const waits: number[] = [];
	for (let now = new Date(); ; ) {
		const outcome = await deliver({ deliveryId, runId: "run", timeoutMs, random: () => 1, now });
		if (outcome.status === "ended") return waits;
		waits.push(outcome.afterMs);
		now = (await reload(deliveryId)).notBefore ?? now;
	}
}

describe("deliver()", () => {
	it("posts the stored bytes, signed both ways, and keeps the answer", async () => {
		const { id, received, webhook } = await queued([{ status: 202, body: `thanks\0${"x".repeat(600)}` }]);
		const before = Math.floor(Date.now() / 1000);
		expect(await deliver({ deliveryId: id, runId: "run" })).toEqual({ status: "ended" });
		const [message] = received;
		const { body } = await reload(id);
		expect(message).toMatchObject({ method: "POST", path: "/hook", body });
		expect(JSON.parse(body)).toEqual({ name: CANARY, value: 0.25 });
		expect(message?.headers).toMatchObject({
			"content-type": "application/json",
			"x-spanwise-event": "alert.fired",
			"x-spanwise-delivery": id,
			"idempotency-key": id,
			"x-dokimos-signature": hmac(body),
		});
		const [, t = "", v1] = /^t=(\d+),v1=(\w+)$/.exec(String(message?.headers["x-spanwise-signature"])) ?? [];
		expect(Number(t)).toBeGreaterThanOrEqual(before);
		expect(v1).toBe(hmac(`${t}.${body}`));
		const kept = await reload(id);
		expect(kept).toMatchObject({ status: "DELIVERED", attempts: 1, answerStatus: 202, lastError: null });
		expect(kept).toMatchObject({ claimToken: null, completedAt: expect.any(Date), durationMs: expect.any(Number) });
		expect(kept.answerText).toBe(`thanks\uFFFD${"x".repeat(493)}`);
		expect(await deliver({ deliveryId: id, runId: "again" })).toEqual({ status: "ended" });
		expect([received.length, webhook.hasSecret]).toEqual([1, true]);
	});

	it("signs nothing without a secret", async () => {
		const { id, received } = await queued([{ status: 200 }], { secret: undefined });
		await deliver({ deliveryId: id, runId: "run" });
		expect(Object.keys(received[0]?.headers ?? {}).filter((name) => name.includes("signature"))).toEqual([]);
		expect(await reload(id)).toMatchObject({ status: "DELIVERED", answerText: "" });
	});

	it("tries again after passing trouble, under the same id and with the same bytes", async () => {
		const { id, received } = await queued([
			{ status: 500, body: "down" },
			{ status: 429 },
			{ status: 200, body: "ok" },
		]);
		expect(await deliverToEnd(id)).toEqual([30_000, 60_000]);
		expect(received.map(({ headers }) => headers["idempotency-key"])).toEqual([id, id, id]);
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
		expect(await reload(id)).toMatchObject({
			status: "DELIVERED",
			attempts: 3,
			answerStatus: 200,
			answerText: "ok",
			lastError: null,
		});
	});

	it("waits as long as the receiver asks, and is sent away before", async () => {
		const { id, received } = await queued([{ status: 503, headers: { "Retry-After": "120" } }]);
		expect(await deliver({ deliveryId: id, runId: "run" })).toEqual({ status: "retry", afterMs: 120_000 });
		const early = await deliver({ deliveryId: id, runId: "run" });
		expect(early.status === "retry" && early.afterMs > 110_000).toBe(true);
		expect(received.length).toBe(1);
		expect(await reload(id)).toMatchObject({ status: "PENDING", attempts: 1, claimToken: null });
	});

	it("gives up after ten attempts", async () => {
		const { id, received } = await queued([{ status: 503, body: "down" }]);
		expect((await deliverToEnd(id)).length).toBe(9);
		expect(received.length).toBe(10);
		expect(await reload(id)).toMatchObject({
			status: "FAILED",
			attempts: 10,
			answerStatus: 503,
			answerText: "down",
			lastError: "The receiver answered HTTP 503",
			claimToken: null,
		});
	});

	it.each([400, 401, 404, 410])("fails at once on %i", async (status) => {
		const { id, received } = await queued([{ status, body: "no" }]);
		expect(await deliverToEnd(id)).toEqual([]);
		expect(await reload(id)).toMatchObject({ status: "FAILED", attempts: 1, answerStatus: status, answerText: "no" });
		expect(received.length).toBe(1);
	});

	it("does not try again what a later message of the same alert overtook", async () => {
		const alertId = randomUUID();
		const { id, received, project, webhook } = await queued([{ status: 503 }], { alertId });
		const tell = (event: string) => queueDeliveries({ projectId: project.id, alertId, event, payload: {} });
		// Under way when the later one is queued, which cannot end it then.
		await db().webhookDelivery.update({ where: { id }, data: { claimToken: "run:1", claimedAt: new Date() } });
		await tell("alert.resolved");
		expect(await reload(id)).toMatchObject({ status: "PENDING" });
		expect(await deliver({ deliveryId: id, runId: "run" })).toEqual({ status: "ended" });
		expect(await reload(id)).toMatchObject({ status: "FAILED", lastError: "A later message took its place" });
		// Noted as waiting all the same: it is not sent.
		const again = { status: "PENDING" as const, attempts: 1, completedAt: null };
		await db().webhookDelivery.update({ where: { id }, data: again });
		expect(await deliver({ deliveryId: id, runId: "run" })).toEqual({ status: "ended" });
		expect(await reload(id)).toMatchObject({ status: "FAILED", claimToken: null });
		expect(received.length).toBe(1);
		// Who sends it again means it.
		await resendDelivery({ projectId: project.id, webhookId: webhook.id, deliveryId: id });
		await deliver({ deliveryId: id, runId: "run", now: new Date(Date.now() + 1000) });
		expect(received.length).toBe(2);
	});

	it("gives a receiver that hangs no more than its time", async () => {
		const { id } = await queued(["hang", { status: 200 }]);
		const begun = performance.now();
		const outcome = await deliver({ deliveryId: id, runId: "run", timeoutMs: 200, random: () => 0 });
		expect(outcome).toEqual({ status: "retry", afterMs: 0 });
		expect(performance.now() - begun).toBeLessThan(5000);
		expect(await reload(id)).toMatchObject({
			lastError: "The receiver did not answer within 0.2 s",
			answerStatus: null,
		});
		expect(await deliverToEnd(id)).toEqual([]);
		expect((await reload(id)).status).toBe("DELIVERED");
	});

	it("takes the status of an answer whose body never ends", async () => {
		const { id } = await queued(["trickle"]);
		await deliver({ deliveryId: id, runId: "run", timeoutMs: 300 });
		expect(await reload(id)).toMatchObject({ status: "DELIVERED", answerStatus: 200, answerText: "thanks, " });
	});

	it("follows no redirect", async () => {
		const { id, received } = await queued([{ status: 307, headers: { Location: "/elsewhere" } }]);
		expect((await deliver({ deliveryId: id, runId: "run" })).status).toBe("retry");
		expect(received.map(({ path }) => path)).toEqual(["/hook"]);
		expect((await reload(id)).lastError).toBe("The receiver answered HTTP 307; redirects are not followed");
	});

	it("fails with the guard's words at a place that this server does not call", async () => {
		const { id } = await queued([], { url: "http://10.1.2.3:8000/hook" });
		const policy = outboundPolicy(parseEnv({ HOST: "0.0.0.0", SPANWISE_API_KEY: "key" }));
		await deliver({ deliveryId: id, runId: "run", send: openOutboundFetch(() => policy) });
		expect(await reload(id)).toMatchObject({ status: "FAILED", attempts: 1, answerStatus: null });
		expect((await reload(id)).lastError).toMatch(/^This server does not call 10\.1\.2\.3: .*SPANWISE_OUTBOUND_ALLOW$/);
		const { id: metadata } = await queued([], { url: "http://169.254.169.254/latest" });
		await deliver({ deliveryId: metadata, runId: "run" });
		expect((await reload(metadata)).lastError).toMatch(/^This server does not call 169\.254\.169\.254: /);
	});

	it("keeps neither secret nor body in its errors", async () => {
		const refused = await queued([{ status: 500, body: "down" }]);
		await deliver({ deliveryId: refused.id, runId: "run" });
		const gone = await startWebhookReceiver();
		await gone.close();
		const unreachable = await queued([], { url: `${gone.url}?token=abc` });
		await deliver({ deliveryId: unreachable.id, runId: "run" });
		expect((await reload(unreachable.id)).lastError).toBe("The receiver could not be reached: ECONNREFUSED");
		for (const id of [refused.id, unreachable.id]) {
			const { lastError } = await reload(id);
			for (const text of [SECRET, CANARY, "token"]) expect(lastError).not.toContain(text);
		}
	});

	it("sends once when two run at once", async () => {
		const { id, received } = await queued([{ status: 200 }]);
		await Promise.all(["a", "b", "c"].map((runId) => deliver({ deliveryId: id, runId })));
		expect(received.length).toBe(1);
		expect(await reload(id)).toMatchObject({ status: "DELIVERED", attempts: 1 });
	});

	it("is taken up again after a crash: by the same run at once, by another after the time-out, never beyond ten", async () => {
		const { id, received } = await queued([{ status: 200 }]);
		const crashed = { claimToken: `run:${randomHex(8)}`, claimedAt: new Date(), attempts: 1 };
		await db().webhookDelivery.update({ where: { id }, data: crashed });
		await deliver({ deliveryId: id, runId: "other" });
		expect([received.length, (await reload(id)).status]).toEqual([0, "PENDING"]);
		expect(await releaseStaleDeliveries()).toBe(0);
		await deliver({ deliveryId: id, runId: "run" });
		expect([received.length, (await reload(id)).attempts]).toEqual([1, 2]);
		const again = { status: "PENDING" as const, ...crashed, claimedAt: new Date(Date.now() - 61_000) };
		await db().webhookDelivery.update({ where: { id }, data: again });
		await deliver({ deliveryId: id, runId: "other" });
		expect(received.length).toBe(2);
		await db().webhookDelivery.update({ where: { id }, data: { ...again, attempts: 10 } });
		await deliver({ deliveryId: id, runId: "other" });
		expect(await reload(id)).toMatchObject({ status: "FAILED", lastError: "Interrupted on the last attempt" });
		expect(received.length).toBe(2);
	});

	it("does not send to a webhook that was switched off", async () => {
		const { id, received, project, webhook } = await queued([{ status: 200 }]);
		await setWebhookEnabled(project.id, webhook.id, false);
		await deliver({ deliveryId: id, runId: "run" });
		expect(await reload(id)).toMatchObject({ status: "FAILED", lastError: "The webhook is switched off" });
		expect(received).toEqual([]);
		const named = { projectId: project.id, webhookId: webhook.id, deliveryId: id };
		expect(await failure(() => resendDelivery(named))).toMatchObject({ code: "conflict" });
	});
});

describe("sendTest()", () => {
	it("sends one test at once, also to a webhook that is off, and returns the answer", async () => {
		const { project, webhook, received } = await queued([{ status: 200, body: "hello" }]);
		await setWebhookEnabled(project.id, webhook.id, false);
		expect(await sendTest(project.id, webhook.id)).toMatchObject({
			event: "test",
			status: "DELIVERED",
			attempts: 1,
			answerStatus: 200,
			answerText: "hello",
		});
		expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ event: "test", projectName: project.name });
	});

	it("fails at the first attempt, whatever the trouble", async () => {
		const { project, webhook, received } = await queued([{ status: 503 }]);
		expect(await sendTest(project.id, webhook.id)).toMatchObject({ status: "FAILED", attempts: 1, answerStatus: 503 });
		expect(received.length).toBe(1);
	});
});

describe("what waits to be delivered", () => {
	const mine = async (id: string, lateBefore: Date) =>
		(await listDueDeliveries({ lateBefore })).filter((due) => due.deliveryId === id);

	it("is due until it was announced, and again when it is late", async () => {
		const { id, webhook } = await queued([{ status: 503 }]);
		const now = new Date();
		expect(await mine(id, now)).toEqual([{ deliveryId: id, webhookId: webhook.id, turn: 0 }]);
		await markDeliveriesDispatched([id], now);
		expect(await mine(id, now)).toEqual([]);
		const late = new Date(now.getTime() + 1);
		expect(await mine(id, late)).toEqual([{ deliveryId: id, webhookId: webhook.id, turn: now.getTime() }]);
		await deliver({ deliveryId: id, runId: "run", random: () => 1 });
		// The run that waits comes back by itself.
		expect(await mine(id, late)).toEqual([]);
	});

	it("is announced anew when somebody sends it again", async () => {
		const { id, project, webhook, received } = await queued([{ status: 400 }, { status: 200 }]);
		await markDeliveriesDispatched([id]);
		await deliver({ deliveryId: id, runId: "run" });
		const named = { projectId: project.id, webhookId: webhook.id, deliveryId: id };
		const now = new Date();
		expect(await resendDelivery({ ...named, now })).toMatchObject({ id, status: "PENDING", attempts: 0 });
		expect(await mine(id, new Date(0))).toEqual([{ deliveryId: id, webhookId: webhook.id, turn: now.getTime() }]);
		await deliver({ deliveryId: id, runId: "run", now });
		expect(await reload(id)).toMatchObject({ status: "DELIVERED", attempts: 1 });
		expect(received.map(({ headers }) => headers["x-spanwise-delivery"])).toEqual([id, id]);
	});
});

describe("the log", () => {
	it("has the newest first, page by page, and forgets what ended 30 days ago", async () => {
		const { project, webhook } = await queued([{ status: 200 }]);
		for (let i = 0; i < 4; i++) await sendTest(project.id, webhook.id);
		const read = (page: number) => listDeliveries({ projectId: project.id, webhookId: webhook.id, page, size: 2 });
		const pages = [await read(0), await read(1), await read(2)];
		expect(pages.map(({ total }) => total)).toEqual([5, 5, 5]);
		const all = pages.flatMap(({ deliveries }) => deliveries);
		expect(all.map(({ event }) => event)).toEqual(["test", "test", "test", "test", "alert.fired"]);
		expect(new Set(all.map(({ id }) => id)).size).toBe(5);
		for (const shown of all) expect(Object.keys(shown)).not.toContain("claimToken");
		const month = new Date(Date.now() + 31 * 86_400_000);
		await pruneDeliveries(month);
		expect((await read(0)).deliveries.map(({ event }) => event)).toEqual(["alert.fired"]);
	});
});
