import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendAgentTrace } from "@/tests/support/agent-trace";
import { type App, startApp } from "@/tests/support/app-server";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { llmSpan } from "@/tests/support/llm-span";
import { decodeStatus } from "@/tests/support/otlp-answer";
import { otlpRequest } from "@/tests/support/otlp-request";
import { call, type ErrorView } from "@/tests/support/rest-client";

const KEY = "a-key-for-the-whole-team";
const UUID = "00000000-0000-4000-8000-000000000000";
const UNAUTHENTICATED = 16;
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;

const ROUTES: [method: string, path: string][] = [
	["GET", "/api/v1/traces"],
	["GET", `/api/v1/traces/${UUID}`],
	["POST", "/api/v1/traces"],
	["GET", `/api/v1/traces/${UUID}/spans`],
	["GET", `/api/v1/traces/${UUID}/feedback`],
	["POST", `/api/v1/traces/${UUID}/feedback`],
	["DELETE", `/api/v1/traces/${UUID}/feedback/${UUID}`],
	["POST", "/v1/traces"],
	["POST", "/v1/logs"],
	["POST", "/api/v1/logs"],
	["POST", "/api/public/otel/v1/traces"],
	["POST", "/api/public/otel/v1/logs"],
	["POST", "/v1/metrics"],
	["GET", "/api/v1/projects"],
	["POST", "/api/v1/projects"],
	["GET", `/api/v1/projects/${UUID}`],
	["PUT", `/api/v1/projects/${UUID}`],
	["DELETE", `/api/v1/projects/${UUID}`],
	["GET", `/api/v1/projects/${UUID}/trace-eval-rules`],
	["POST", `/api/v1/projects/${UUID}/trace-eval-rules`],
	["GET", `/api/v1/projects/${UUID}/trace-eval-rules/${UUID}`],
	["PUT", `/api/v1/projects/${UUID}/trace-eval-rules/${UUID}`],
	["DELETE", `/api/v1/projects/${UUID}/trace-eval-rules/${UUID}`],
	["GET", `/api/v1/projects/${UUID}/price-overrides`],
	["POST", `/api/v1/projects/${UUID}/price-overrides`],
	["PUT", `/api/v1/projects/${UUID}/price-overrides/${UUID}`],
	["DELETE", `/api/v1/projects/${UUID}/price-overrides/${UUID}`],
	["POST", `/api/v1/projects/${UUID}/reprice`],
	["GET", "/api/v1/llm-connections"],
	["POST", "/api/v1/llm-connections"],
	["GET", `/api/v1/llm-connections/${UUID}`],
	["PUT", `/api/v1/llm-connections/${UUID}`],
	["DELETE", `/api/v1/llm-connections/${UUID}`],
	["PUT", "/api/inngest"],
];

describe("a server with SPANWISE_API_KEY", () => {
	let app: App;
	beforeAll(async () => {
		app = await startApp({ env: { SPANWISE_API_KEY: KEY } });
	});
	afterAll(() => app?.stop());

	const knock = (method: string, path: string, headers: Record<string, string> = {}) =>
		call<ErrorView>(app.url, path, { method, headers, json: method === "GET" ? undefined : {} });

	it.each(ROUTES)("%s %s is refused without a key, whatever the body", async (method, path) => {
		const { status, body } = await knock(method, path);
		expect(status).toBe(401);
		if (path.includes("v1"))
			expect(body).toMatchObject({ error: "Unauthorized", message: "Invalid or missing API key" });
	});

	it.each([
		["another key", "Bearer another-key-altogether"],
		["a part of the key", `Bearer ${KEY.slice(0, -1)}`],
		["no scheme", KEY],
		["another scheme", `Digest ${KEY}`],
		["the key as Basic user", basic(`${KEY}:`)],
		["Basic that is no base64", "Basic %%%"],
		["an empty key", "Bearer "],
	])("%s is refused", async (_, authorization) => {
		expect((await knock("GET", "/api/v1/traces", { authorization })).status).toBe(401);
	});

	it("protobuf senders are refused in their own encoding", async () => {
		const headers = { "Content-Type": "application/x-protobuf" };
		const body = encodeOtlp(otlpRequest([llmSpan()])) as BodyInit;
		const response = await fetch(`${app.url}/v1/traces`, { method: "POST", headers, body });
		expect(response.status).toBe(401);
		expect(decodeStatus(Buffer.from(await response.arrayBuffer())).code).toBe(UNAUTHENTICATED);
	});

	it.each([
		["Bearer", `Bearer ${KEY}`],
		["bearer in small letters", `bearer ${KEY}`],
		["Basic with the key as password", basic(`spanwise:${KEY}`)],
		["Basic without user", basic(`:${KEY}`)],
	])("%s opens reads and writes", async (_, authorization) => {
		expect((await knock("GET", "/api/v1/traces", { authorization })).status).toBe(200);
		const json = otlpRequest([llmSpan()]);
		const answer = await call(app.url, "/v1/traces", { method: "POST", json, headers: { authorization } });
		expect(answer.status).toBe(200);
	});

	it("OpenTelemetry's exporter gets in with the header it is given, and not without", async () => {
		await sendAgentTrace(app.url, { encoding: "protobuf", headers: { Authorization: `Bearer ${KEY}` } });
		await expect(sendAgentTrace(app.url, { encoding: "protobuf" })).rejects.toMatchObject([{ code: 401 }]);
	});

	it.each(["/", "/p/all/traces", `/p/${UUID}/traces`, "/p/all/rules", "/p/all/connections"])(
		"the page %s leads to sign-in",
		async (path) => {
			const { status, headers } = await call(app.url, path);
			expect([status, headers.get("location")]).toEqual([307, "/sign-in"]);
		},
	);

	it("health stays open, sign-in can be seen, and the old session of nobody opens nothing", async () => {
		expect((await call(app.url, "/api/health")).status).toBe(200);
		expect((await call(app.url, "/sign-in")).status).toBe(200);
		expect((await knock("GET", "/api/v1/traces", { cookie: "spanwise_session=forged" })).status).toBe(401);
	});
});
