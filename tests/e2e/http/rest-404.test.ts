import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { createConnection, createProject, ruleBody } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { call, type ErrorView, mustCall, post, sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");

async function notFound(path: string, message: string, init: Parameters<typeof call>[2] = {}) {
	const { status, body } = await call<ErrorView>(url, path, init);
	expect([status, body]).toEqual([404, { error: "Not Found", message, timestamp: expect.any(String) }]);
}

describe("an id nobody has", () => {
	it.each([
		["/api/v1/traces/0123456789abcdef0123456789abcdef", "Trace not found"],
		[`/api/v1/traces/${randomUUID()}`, "Trace not found"],
		["/api/v1/traces/1", "Trace not found"],
		[`/api/v1/traces?projectId=${randomUUID()}`, "Project not found"],
		[`/api/v1/projects/${randomUUID()}`, "Project not found"],
		["/api/v1/projects/no-such-name", "Project not found"],
		[`/api/v1/projects/${randomUUID()}/trace-eval-rules`, "Project not found"],
		[`/api/v1/llm-connections/${randomUUID()}`, "LLM connection not found"],
	])("GET %s", (path, message) => notFound(path, message));

	it.each([
		[`/api/v1/projects/${randomUUID()}`, "Project not found"],
		[`/api/v1/llm-connections/${randomUUID()}`, "LLM connection not found"],
	])("DELETE %s", (path, message) => notFound(path, message, { method: "DELETE" }));
});

describe("a rule", () => {
	let mine = "";
	let theirs = "";
	let ruleId = "";
	let body: ReturnType<typeof ruleBody>;

	beforeAll(async () => {
		mine = `/api/v1/projects/${(await createProject(url)).id}/trace-eval-rules`;
		theirs = `/api/v1/projects/${(await createProject(url)).id}/trace-eval-rules`;
		body = ruleBody((await createConnection(url, "http://127.0.0.1:9/v1")).id);
		ruleId = (await mustCall<{ id: string }>(url, mine, post(body), 201)).id;
	});

	it.each(["GET", "PUT", "DELETE"])("of another project: %s finds nothing and changes nothing", async (method) => {
		const json = method === "PUT" ? { ...body, name: "taken over" } : undefined;
		await notFound(`${theirs}/${ruleId}`, "Rule not found", { method, json });
		expect(await mustCall(url, `${mine}/${ruleId}`)).toMatchObject(body);
	});

	it("with a connection nobody has", () =>
		notFound(mine, "LLM connection not found", post({ ...body, name: "other", connectionId: randomUUID() })));
});

it("a trace of another project is not found in mine", async () => {
	const [mine, theirs] = [await createProject(url), await createProject(url)];
	const span = llmSpan();
	await sendSpans(url, [span], theirs.name);
	await notFound(`/api/v1/traces/${span.traceId}?projectId=${mine.id}`, "Trace not found");
	await mustCall(url, `/api/v1/traces/${span.traceId}?projectId=${theirs.id}`);
});

it("a deleted project takes its traces and rules out of reach", async () => {
	const project = await createProject(url);
	const span = llmSpan();
	await sendSpans(url, [span], project.name);
	expect((await call(url, `/api/v1/projects/${project.name}`, { method: "DELETE" })).status).toBe(204);
	await notFound(`/api/v1/traces/${span.traceId}`, "Trace not found");
	await notFound(`/api/v1/projects/${project.id}/trace-eval-rules`, "Project not found");
});

it("a path that does not exist", async () => {
	expect((await call(url, "/api/v1/no-such-thing")).status).toBe(404);
});
