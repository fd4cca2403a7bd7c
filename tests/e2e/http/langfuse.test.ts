import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "@/tests/support/app-server";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { inProject, llmSpan } from "@/tests/support/llm-span";
import { decodeStatus } from "@/tests/support/otlp-answer";
import { attributes, otlpLog, otlpLogRequest, otlpRequest } from "@/tests/support/otlp-request";
import { call, mustCall } from "@/tests/support/rest-client";

const KEY = "a-key-for-the-whole-team";
const UNAUTHENTICATED = 16;
const TRACES = "/api/public/otel/v1/traces";

/** What Langfuse's SDK sends as credentials: public key and secret key. */
const basic = (publicKey: string, secretKey: string) => ({
	Authorization: `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString("base64")}`,
});
const bearer = { Authorization: `Bearer ${KEY}` };

interface Canonical {
	name: string;
	convention: string;
	kind: string;
	input_text: string | null;
	session_id: string | null;
}

describe("a Langfuse exporter that is given this host and key", () => {
	let app: App;
	let project: { id: string; name: string };
	beforeAll(async () => {
		app = await startApp({ env: { SPANWISE_API_KEY: KEY } });
		const json = { name: "support bot" };
		project = await mustCall(app.url, "/api/v1/projects", { method: "POST", json, headers: bearer }, 201);
	});
	afterAll(() => app?.stop());

	const generation = () =>
		llmSpan({
			name: "llm-call",
			attributes: attributes({
				"langfuse.observation.type": "generation",
				"langfuse.observation.input": '[{"role":"user","content":"Hi"}]',
				"langfuse.observation.model.name": "gpt-4o",
				"session.id": "session-7",
			}),
		});

	async function send(span: ReturnType<typeof llmSpan>, headers: Record<string, string>, resource = {}) {
		const body = encodeOtlp(otlpRequest([span], resource)) as BodyInit;
		const response = await fetch(`${app.url}${TRACES}`, {
			method: "POST",
			headers: { "Content-Type": "application/x-protobuf", ...headers },
			body,
		});
		return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
	}

	/** The project of a stored trace; null when it has none. */
	async function projectOf(traceId: string): Promise<string | null> {
		const trace = await mustCall<{ projectId: string | null }>(app.url, `/api/v1/traces/${traceId}`, {
			headers: bearer,
		});
		return trace.projectId;
	}

	it("gets in with the key as its secret key, and its generation is understood", async () => {
		const span = generation();
		expect(await send(span, basic("pk-lf-1234", KEY))).toMatchObject({ status: 200, body: Buffer.alloc(0) });
		const path = `/api/v1/traces/${span.traceId}/spans`;
		expect(await mustCall<Canonical[]>(app.url, path, { headers: bearer })).toMatchObject([
			{ name: "llm-call", convention: "langfuse", kind: "llm", input_text: "Hi", session_id: "session-7" },
		]);
		expect(await projectOf(span.traceId)).toBeNull();
	});

	it.each([
		["another secret key", basic("pk-lf-1234", "sk-lf-1234")],
		["the key as public key", basic(KEY, "")],
		["no credentials", {}],
	])("is refused with %s, in protobuf", async (_, headers) => {
		const span = generation();
		const { status, body } = await send(span, headers);
		expect(status).toBe(401);
		expect(decodeStatus(body)).toEqual({ code: UNAUTHENTICATED, message: "Invalid or missing API key" });
		expect((await call(app.url, `/api/v1/traces/${span.traceId}`, { headers: bearer })).status).toBe(404);
		for (const path of ["/v1/logs", "/api/v1/logs", "/api/public/otel/v1/logs", "/api/public/otel/v1/metrics"]) {
			expect((await call(app.url, path, { method: "POST", json: {}, headers })).status).toBe(401);
		}
	});

	it("names its project by the public key: its name or its id", async () => {
		for (const publicKey of [project.name, project.id]) {
			const span = generation();
			expect((await send(span, basic(publicKey, KEY))).status).toBe(200);
			expect(await projectOf(span.traceId)).toBe(project.id);
		}
	});

	it("is taken at its resource's word first", async () => {
		const json = { name: "named by the resource" };
		const other = await mustCall<{ id: string }>(
			app.url,
			"/api/v1/projects",
			{ method: "POST", json, headers: bearer },
			201,
		);
		const span = generation();
		expect((await send(span, basic(project.name, KEY), inProject("named by the resource"))).status).toBe(200);
		expect(await projectOf(span.traceId)).toBe(other.id);
		const unknown = generation();
		expect((await send(unknown, basic(project.name, KEY), inProject("unknown"))).status).toBe(200);
		expect(await projectOf(unknown.traceId)).toBeNull();
	});

	it("may send its logs and metrics beside its traces", async () => {
		const headers = basic(project.name, KEY);
		const logs = { method: "POST", json: otlpLogRequest([otlpLog()]), headers };
		expect((await call(app.url, "/api/public/otel/v1/logs", logs)).status).toBe(200);
		const metrics = { method: "POST", json: { resourceMetrics: [] }, headers };
		expect((await call(app.url, "/api/public/otel/v1/metrics", metrics)).status).toBe(200);
		expect((await call(app.url, TRACES, { headers })).status).toBe(405);
	});
});
