import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type App, startApp } from "@/tests/support/app-server";
import { eventually } from "@/tests/support/eventually";
import { createProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { otlpRequest } from "@/tests/support/otlp-request";
import { call, type ErrorView, mustCall, post, sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");
const PATH = "/api/v1/ingest/health";
const ISO_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

interface HealthView {
	project: { id: string; name: string } | null;
	received: number;
	rejectedByReason: Record<string, number>;
	balanced: boolean | null;
	projects: { project: { id: string; name: string | null } | null; received: number }[];
	refusedRequests: { status: number; reason: string; signal: string; sender: string; requests: number }[];
}

describe("GET /api/v1/ingest/health", () => {
	it("tells what became of a project's spans, by its name or id", async () => {
		const project = await createProject(url);
		const good = llmSpan();
		const request = otlpRequest([good, llmSpan(), llmSpan({ spanId: "7", traceId: "not-hex" })], {
			"spanwise.project": project.name,
			"service.name": "shop",
			"telemetry.sdk.name": "opentelemetry",
			"telemetry.sdk.language": "nodejs",
			"telemetry.sdk.version": "2.1.0",
		});
		const headers = { "User-Agent": "shop-exporter/1.0" };
		await mustCall(url, "/v1/traces", { ...post(request), headers });
		await sendSpans(url, [good], project.name);

		const view = await mustCall<HealthView>(url, `${PATH}?project=${encodeURIComponent(project.name)}`);
		const accounts = { received: 4, stored: 2, duplicates: 1, rejected: 1, inFlight: 0 };
		const [reason = ""] = Object.keys(view.rejectedByReason);
		const counts = { ...accounts, rejectedByReason: { [reason]: 1 } };
		expect(reason).toMatch(/traceId/);
		expect(view).toMatchObject({
			...counts,
			project: { id: project.id, name: project.name },
			from: ISO_TIME,
			to: ISO_TIME,
			missing: 0,
			balanced: true,
			projects: [{ project: { id: project.id, name: project.name }, ...counts }],
			senders: expect.arrayContaining([
				{
					service: "shop",
					sdk: "opentelemetry nodejs 2.1.0",
					convention: expect.any(String),
					spans: 2,
					lastAt: ISO_TIME,
				},
			]),
			rejections: [
				{
					reason,
					spans: 1,
					sender: "shop-exporter/1.0",
					lastAt: ISO_TIME,
					samples: [expect.stringContaining("not-hex")],
				},
			],
			refusedRequests: expect.any(Array),
			lastError: { status: expect.toBeOneOf([null, expect.any(Number)]), reason: expect.any(String), at: ISO_TIME },
			lag: { p50Ms: expect.any(Number), p99Ms: expect.any(Number) },
		});
		expect(Object.keys(view).sort()).toEqual(
			[
				...["project", "from", "to", "received", "stored", "duplicates", "rejected", "inFlight", "rejectedByReason"],
				...[
					"missing",
					"balanced",
					"minutes",
					"projects",
					"senders",
					"rejections",
					"refusedRequests",
					"lastError",
					"lag",
				],
			].sort(),
		);
		const byId = await mustCall<HealthView>(url, `${PATH}?project=${project.id}&minutes=10080`);
		expect(byId).toMatchObject({ ...counts, project: { id: project.id, name: project.name } });
	});

	it("tells of everything without a project, and calls those that named none null", async () => {
		const project = await createProject(url);
		await sendSpans(url, [llmSpan()], project.name);
		await sendSpans(url, [llmSpan()]);
		const view = await mustCall<HealthView>(url, `${PATH}?minutes=5`);
		expect(view.project).toBeNull();
		const named = view.projects.find((row) => row.project?.id === project.id);
		expect(named).toMatchObject({ project: { id: project.id, name: project.name }, received: 1 });
		const unnamed = view.projects.find((row) => row.project === null);
		expect(unnamed?.received).toBeGreaterThanOrEqual(1);
		expect(view.projects.reduce((sum, { received }) => sum + received, 0)).toBe(view.received);
	});

	it("still knows the spans of a project that was renamed or deleted", async () => {
		const project = await createProject(url);
		await sendSpans(url, [llmSpan()], project.name);
		const name = `${project.name} renamed`;
		await mustCall(url, `/api/v1/projects/${project.id}`, { method: "PUT", json: { name } });
		const renamed = await mustCall<HealthView>(url, `${PATH}?project=${encodeURIComponent(name)}`);
		expect(renamed).toMatchObject({ received: 1, project: { id: project.id, name } });
		await mustCall(url, `/api/v1/projects/${project.id}`, { method: "DELETE" }, 204);
		expect((await call(url, `${PATH}?project=${project.id}`)).status).toBe(404);
		const all = await mustCall<HealthView>(url, PATH);
		expect(all.projects.find((row) => row.project?.id === project.id)).toMatchObject({
			project: { id: project.id, name: null },
			received: 1,
		});
	});

	it.each(["no-such-project", randomUUID(), "a%00b"])("answers 404 for the project %s", async (reference) => {
		const { status, body } = await call<ErrorView>(url, `${PATH}?project=${reference}`);
		expect([status, body]).toEqual([404, { error: "Not Found", message: "Project not found", timestamp: ISO_TIME }]);
	});

	it.each(["0", "10081", "-5", "1.5", "soon", ""])("answers 400 for a window of %j minutes", async (minutes) => {
		const { status, body } = await call<ErrorView>(url, `${PATH}?minutes=${minutes}`);
		const message = "minutes: must be a whole number from 1 to 10080";
		expect([status, body]).toEqual([400, { error: "Bad Request", message, timestamp: ISO_TIME }]);
	});
});

describe("a server with a key", () => {
	const KEY = "a-key-for-the-books";
	let app: App;
	beforeAll(async () => {
		app = await startApp({ env: { SPANWISE_API_KEY: KEY } });
	});
	afterAll(() => app?.stop());

	it("keeps its books to itself, and notes who knocked with a wrong one", async () => {
		expect((await call(app.url, PATH)).status).toBe(401);
		const wrong = { Authorization: "Bearer guess", "User-Agent": "lost-exporter/2" };
		for (let time = 0; time < 2; time++) {
			const answer = await call(app.url, "/v1/traces", { ...post(otlpRequest([llmSpan()])), headers: wrong });
			expect(answer.status).toBe(401);
		}
		const headers = { Authorization: `Bearer ${KEY}` };
		const garbage = { ...headers, "User-Agent": "lost-exporter/2", "Content-Type": "application/json" };
		expect((await call(app.url, "/v1/logs", { method: "POST", headers: garbage, body: "{oops" })).status).toBe(400);
		await eventually(async () => {
			const { refusedRequests, ...books } = await mustCall<HealthView>(app.url, PATH, { headers });
			expect(books).toMatchObject({
				received: 0,
				balanced: true,
				lastError: { status: 400, sender: "lost-exporter/2" },
			});
			expect(refusedRequests).toEqual([
				expect.objectContaining({ status: 400, signal: "logs", sender: "lost-exporter/2", requests: 1 }),
				expect.objectContaining({ status: 401, signal: "traces", sender: "lost-exporter/2", requests: 2 }),
			]);
			expect(JSON.stringify(refusedRequests)).not.toContain("guess");
		});
	});
});
