import { beforeAll, describe, expect, inject, it } from "vitest";
import { createConnection, createProject, ruleBody, unique } from "@/tests/support/judged-project";
import { call, type ErrorView, post } from "@/tests/support/rest-client";

const url = inject("appUrl");

async function refusal(path: string, init: Parameters<typeof call>[2] = {}): Promise<string> {
	const { status, body } = await call<ErrorView>(url, path, init);
	expect(status).toBe(400);
	expect(body).toEqual({ error: "Bad Request", message: expect.any(String), timestamp: expect.any(String) });
	return body.message;
}

describe("what is no JSON", () => {
	it.each(["/api/v1/projects", "/api/v1/llm-connections"])(
		"POST %s tells the position and quotes nothing",
		async (path) => {
			const headers = { "Content-Type": "application/json" };
			const message = await refusal(path, { method: "POST", headers, body: '{"name": "my-secret" oops}' });
			expect(message).toMatch(/invalid JSON at position 21 \(line 1, column 22\)/);
			expect(message).not.toMatch(/my-secret|oops/);
		},
	);
});

describe("projects", () => {
	it.each([
		["no body fields", {}, "name: is required"],
		["a blank name", { name: "  " }, "name: must not be blank"],
		["a number as name", { name: 7 }, /^name: /],
		["a long name", { name: "x".repeat(201) }, "name: must have at most 200 characters"],
		["a list", [], /^body: /],
	])("%s", async (_, body, message) => {
		expect(await refusal("/api/v1/projects", post(body))).toMatch(message);
	});
});

describe("LLM connections", () => {
	const good = { name: "judge", baseUrl: "http://127.0.0.1:9/v1", model: "judge-1", apiKey: "sk-0123456789" };

	it.each([
		["no credential", { ...good, apiKey: undefined }, "exactly one of apiKey or credentialRef must be set"],
		["two credentials", { ...good, credentialRef: "KEY" }, "exactly one of apiKey or credentialRef must be set"],
		["a blank credential", { ...good, apiKey: " " }, "exactly one of apiKey or credentialRef must be set"],
		["no name", { ...good, name: undefined }, "name: is required"],
		["a URL of another protocol", { ...good, baseUrl: "ftp://example.com" }, "baseUrl: must be an http or https URL"],
		["a protocol nobody speaks", { ...good, protocol: "SOAP" }, "protocol: must be one of RESPONSES, CHAT_COMPLETIONS"],
	])("%s", async (_, body, message) => {
		const told = await refusal("/api/v1/llm-connections", post({ ...body, name: body.name && unique("judge") }));
		expect(told).toBe(message);
		expect(told).not.toContain("sk-0123456789");
	});

	it("tells every mistake at once", async () => {
		const message = await refusal("/api/v1/llm-connections", post({ apiKey: "sk-0123456789" }));
		expect(message).toBe("name: is required; baseUrl: is required; model: is required");
	});
});

describe("rules", () => {
	let path = "";
	let good: ReturnType<typeof ruleBody>;

	beforeAll(async () => {
		path = `/api/v1/projects/${(await createProject(url)).id}/trace-eval-rules`;
		good = ruleBody((await createConnection(url, "http://127.0.0.1:9/v1")).id);
	});

	it.each([
		["a missing criteria", { criteria: undefined }, "criteria: is required"],
		["a blank match value", { matchValue: " " }, "matchValue: must not be blank"],
		["ATTRIBUTE without its key", { matchType: "ATTRIBUTE" }, "matchKey: is required when matchType is ATTRIBUTE"],
		["an unknown match type", { matchType: "REGEX" }, "matchType: must be one of SPAN_NAME, ATTRIBUTE, FILTER"],
		["an empty range", { minScore: 1, maxScore: 1 }, "minScore: must be less than maxScore"],
		["a score as text", { minScore: "0" }, "minScore: must be a number"],
		["a connection id that is no UUID", { connectionId: "first" }, "connectionId: must be a UUID"],
	])("%s", async (_, change, message) => {
		expect(await refusal(path, post({ ...good, ...change }))).toBe(message);
	});

	it("an update is checked like a creation", async () => {
		const rule = await call<{ id: string }>(url, path, post({ ...good, name: "to update" }));
		const json = { ...good, name: "" };
		expect(await refusal(`${path}/${rule.body.id}`, { method: "PUT", json })).toBe("name: must not be blank");
	});
});

describe("a path with something else than a UUID", () => {
	const uuid = "00000000-0000-4000-8000-000000000000";
	it.each([
		["/api/v1/llm-connections/7", "connectionId: must be a UUID"],
		["/api/v1/projects/my-llm-app/trace-eval-rules", "projectId: must be a UUID"],
	])("GET %s", async (path, message) => {
		expect(await refusal(path)).toBe(message);
	});

	it("a rule of a project that exists", async () => {
		const { id } = await createProject(url);
		expect(await refusal(`/api/v1/projects/${id}/trace-eval-rules/first`)).toBe("ruleId: must be a UUID");
		expect((await call(url, `/api/v1/projects/${id}/trace-eval-rules/${uuid}`)).status).toBe(404);
	});
});

describe("the list of traces", () => {
	it.each([
		["page=first", "page: must be a whole number"],
		["size=2.5", "size: must be a whole number"],
		["projectId=my-llm-app", "projectId: must be a UUID"],
	])("?%s", async (query, message) => {
		expect(await refusal(`/api/v1/traces?${query}`)).toBe(message);
	});
});
