import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eventually } from "@/tests/support/eventually";
import { createProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { call, type ErrorView, mustCall, post, sendSpans } from "@/tests/support/rest-client";
import { startWebhookReceiver, type WebhookReceiver } from "@/tests/support/webhook-receiver";

const url = inject("appUrl");
const ISO_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const ALERT = { name: "Errors", metric: "ERROR_RATIO", comparison: "ABOVE", threshold: 0.5, windowMinutes: 60 };

interface WebhookView {
	id: string;
	hasSecret: boolean;
}

interface DeliveryView {
	event: string;
	status: string;
	answerStatus: number | null;
	answerText: string | null;
}

let receiver: WebhookReceiver;
beforeAll(async () => {
	receiver = await startWebhookReceiver(({ body }) => ({ status: 200, body: `read ${body.length} bytes` }));
});
afterAll(() => receiver.close());

describe("alert webhooks", () => {
	it("are created, read, listed, replaced and deleted, as in Dokimos", async () => {
		const project = await createProject(url);
		const path = `/api/v1/projects/${project.id}/alert-webhooks`;
		const answer = await call<WebhookView>(url, path, post({ url: receiver.url, secret: "whsec" }));
		expect([answer.status, answer.body]).toEqual([
			201,
			{ id: UUID, projectId: project.id, url: receiver.url, hasSecret: true, enabled: true, createdAt: ISO_TIME },
		]);
		const location = answer.headers.get("location") ?? "";
		expect(location).toBe(`${path}/${answer.body.id}`);
		expect(await mustCall(url, location)).toEqual(answer.body);
		const replaced = { url: `${receiver.url}/b`, secret: " ", enabled: false };
		const put = await mustCall<WebhookView>(url, location, { method: "PUT", json: replaced });
		expect(put).toEqual({ ...answer.body, url: `${receiver.url}/b`, enabled: false });
		expect(await mustCall(url, path)).toEqual([put]);
		const deleted = await call(url, location, { method: "DELETE" });
		expect([deleted.status, deleted.body]).toEqual([204, ""]);
		expect((await call(url, location)).status).toBe(404);
	});

	it("are tried out, and list what they were sent", async () => {
		const project = await createProject(url);
		const path = `/api/v1/projects/${project.id}/alert-webhooks`;
		const { id } = await mustCall<WebhookView>(url, path, post({ url: receiver.url, secret: "whsec" }), 201);
		const test = await mustCall<DeliveryView>(url, `${path}/${id}/test`, { method: "POST" });
		expect(test).toMatchObject({ event: "test", status: "DELIVERED", answerStatus: 200 });
		expect(test.answerText).toMatch(/^read \d+ bytes$/);
		const page = await mustCall<{ content: DeliveryView[] }>(url, `${path}/${id}/deliveries?size=1`);
		expect(page).toMatchObject({ content: [test], totalElements: 1, size: 1 });
	});

	it("of another project, and of a project that nobody has, are not found", async () => {
		const [mine, theirs] = [await createProject(url), await createProject(url)];
		const path = `/api/v1/projects/${theirs.id}/alert-webhooks`;
		const { id } = await mustCall<WebhookView>(url, path, post({ url: receiver.url }), 201);
		const own = `/api/v1/projects/${mine.id}/alert-webhooks/${id}`;
		const requests: [string, object][] = [
			[own, {}],
			[own, { method: "PUT", json: { url: receiver.url } }],
			[own, { method: "DELETE" }],
			[`${own}/test`, { method: "POST" }],
			[`${own}/deliveries`, {}],
		];
		for (const [place, init] of requests) {
			expect(await call<ErrorView>(url, place, init)).toMatchObject({
				status: 404,
				body: { message: "Webhook not found" },
			});
		}
		expect((await call(url, `/api/v1/projects/${randomUUID()}/alert-webhooks`)).status).toBe(404);
		expect(await mustCall(url, `${path}/${id}`)).toMatchObject({ id });
	});
});

describe("alerts", () => {
	it("are created, read, listed, replaced, muted and deleted", async () => {
		const project = await createProject(url);
		const path = `/api/v1/projects/${project.id}/alerts`;
		const answer = await call<{ id: string }>(url, path, post(ALERT));
		expect([answer.status, answer.body]).toEqual([
			201,
			{
				id: UUID,
				projectId: project.id,
				...ALERT,
				ruleId: null,
				minSamples: 1,
				enabled: true,
				mutedUntil: null,
				state: "NO_DATA",
				stateSince: ISO_TIME,
				lastValue: null,
				checkedAt: null,
				createdAt: ISO_TIME,
			},
		]);
		const location = answer.headers.get("location") ?? "";
		expect(location).toBe(`${path}/${answer.body.id}`);
		const put = await mustCall(url, location, { method: "PUT", json: { ...ALERT, threshold: 0.25 } });
		expect(put).toMatchObject({ threshold: 0.25 });
		expect(await mustCall(url, `${location}/mute`, post({ minutes: 5 }))).toMatchObject({ mutedUntil: ISO_TIME });
		expect(await mustCall(url, `${location}/mute`, { method: "DELETE" })).toMatchObject({ mutedUntil: null });
		expect((await call(url, `${location}/mute`, post({ minutes: 0 }))).status).toBe(400);
		expect((await call(url, path, post(ALERT))).status).toBe(409);
		const refused = await call<ErrorView>(url, path, post({ ...ALERT, name: "Other", threshold: 2 }));
		expect([refused.status, refused.body.message]).toEqual([400, "threshold: must be from 0 to 1"]);
		expect((await call(url, location, { method: "DELETE" })).status).toBe(204);
		expect(await mustCall(url, path)).toEqual([]);
	});

	it("tell their project's webhooks within a minute that they fire", async () => {
		const project = await createProject(url);
		const base = `/api/v1/projects/${project.id}`;
		await mustCall(url, `${base}/alert-webhooks`, post({ url: receiver.url, secret: "whsec" }), 201);
		await sendSpans(url, [llmSpan({ status: { code: 2 } })], project.name);
		const alert = await mustCall<{ id: string }>(url, `${base}/alerts`, post(ALERT), 201);
		const message = await eventually(
			() => {
				const found = receiver.received.find(({ body }) => body.includes(alert.id));
				if (!found) throw new Error("nobody was told");
				return found;
			},
			{ timeoutMs: 90_000 },
		);
		expect(JSON.parse(message.body)).toMatchObject({ event: "alert.fired", alertId: alert.id, value: 1 });
		const hex = createHmac("sha256", "whsec").update(message.body).digest("hex");
		expect(message.headers["x-dokimos-signature"]).toBe(hex);
		expect(await mustCall(url, `${base}/alerts/${alert.id}`)).toMatchObject({ state: "FIRING", lastValue: 1 });
	});
});
