import { beforeAll, describe, expect, inject, it } from "vitest";
import { createConnection, createProject, ruleBody, unique } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { call, getTrace, listTraces, mustCall, post, sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");
const ISO_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** Follows the Location of a creation and expects what the creation answered. */
async function created(path: string, body: object) {
	const answer = await call<{ id: string }>(url, path, post(body));
	expect(answer.status).toBe(201);
	const location = answer.headers.get("location") ?? "";
	expect(location).toBe(`${path}/${answer.body.id}`);
	expect(await mustCall(url, location)).toEqual(answer.body);
	return { location, body: answer.body };
}

async function deleted(path: string) {
	const answer = await call(url, path, { method: "DELETE" });
	expect([answer.status, answer.body]).toEqual([204, ""]);
	expect((await call(url, path)).status).toBe(404);
}

it("health: live, and ready with both stores and the function engine", async () => {
	expect(await mustCall(url, "/api/health")).toEqual({ status: "ok" });
	expect(await mustCall(url, "/api/health?deep=1")).toEqual({
		status: "ok",
		clickhouse: "ok",
		postgres: "ok",
		functions: "embedded",
		engine: {
			mode: "embedded",
			status: "ok",
			server: null,
			registration: null,
			trouble: null,
			about: "embedded engine: this machine only, no Inngest UI",
			lastTickSeconds: expect.toSatisfy((age: unknown) => age === null || (Number.isInteger(age) && Number(age) < 180)),
		},
	});
});

describe("projects", () => {
	it("are created, read by name or id, renamed, listed and deleted", async () => {
		const name = unique("app");
		const { body } = await created("/api/v1/projects", { name });
		expect(body).toEqual({ id: UUID, name, experimentCount: 0, createdAt: ISO_TIME });
		expect(await mustCall(url, `/api/v1/projects/${name}`)).toEqual(body);
		const renamed = await mustCall(url, `/api/v1/projects/${name}`, { method: "PUT", json: { name: `${name}-2` } });
		expect(renamed).toEqual({ ...body, name: `${name}-2` });
		expect(await mustCall(url, "/api/v1/projects")).toContainEqual(renamed);
		await deleted(`/api/v1/projects/${name}-2`);
	});
});

describe("LLM connections", () => {
	const input = { baseUrl: "http://127.0.0.1:9/v1", model: "judge-1" };

	it("are created with an inline key that no answer ever shows", async () => {
		const name = unique("judge");
		const apiKey = "sk-inline-0123456789";
		const { location, body } = await created("/api/v1/llm-connections", { ...input, name, apiKey });
		expect(body).toEqual({
			id: UUID,
			name,
			...input,
			protocol: "RESPONSES",
			credentialRef: null,
			hasInlineKey: true,
			maxConcurrency: 5,
			requestsPerMinute: null,
			blockedAt: null,
			blockedReason: null,
			createdAt: ISO_TIME,
		});
		const everything = [body, await mustCall(url, location), await mustCall(url, "/api/v1/llm-connections")];
		expect(JSON.stringify(everything)).not.toContain(apiKey);
		await deleted(location);
	});

	it("keep protocol and key when an update leaves them out, and switch the kind of credential", async () => {
		const name = unique("judge");
		const body = { ...input, name, protocol: "CHAT_COMPLETIONS", apiKey: "sk-inline-0123456789" };
		const { location } = await created("/api/v1/llm-connections", body);
		const update = (json: object) => mustCall(url, location, { method: "PUT", json });
		const kept = { protocol: "CHAT_COMPLETIONS", hasInlineKey: true, credentialRef: null };
		expect(await update({ ...input, name, model: "judge-2" })).toMatchObject({ ...kept, model: "judge-2" });
		const referred = { ...input, name, credentialRef: "JUDGE_KEY" };
		expect(await update(referred)).toMatchObject({ hasInlineKey: false, credentialRef: "JUDGE_KEY" });
	});
});

describe("rules", () => {
	let path = "";
	let connectionId = "";

	beforeAll(async () => {
		path = `/api/v1/projects/${(await createProject(url)).id}/trace-eval-rules`;
		connectionId = (await createConnection(url, "http://127.0.0.1:9/v1")).id;
	});

	it("are created, replaced as a whole, listed oldest first and deleted", async () => {
		const first = await created(path, { ...ruleBody(connectionId), name: "first" });
		expect(first.body).toMatchObject({ ...ruleBody(connectionId), name: "first", matchKey: null, createdAt: ISO_TIME });
		const second = await created(path, { ...ruleBody(connectionId), name: "a second" });
		const update = {
			...ruleBody(connectionId),
			name: "first",
			matchType: "ATTRIBUTE",
			matchKey: "env",
			threshold: null,
		};
		const replaced = await mustCall(url, first.location, { method: "PUT", json: update });
		expect(replaced).toMatchObject({ ...update, id: first.body.id });
		expect(await mustCall(url, path)).toEqual([replaced, second.body]);
		await deleted(second.location);
		expect(await mustCall(url, path)).toEqual([replaced]);
	});

	it("default to enabled, no threshold and the range 0 to 1", async () => {
		const { enabled: _, threshold: __, minScore: ___, maxScore: ____, ...rest } = ruleBody(connectionId);
		const { body } = await created(path, { ...rest, name: "defaults" });
		expect(body).toMatchObject({ enabled: true, threshold: null, minScore: 0, maxScore: 1 });
	});
});

describe("traces", () => {
	it("are listed in pages, latest arrival first, and every page says where it stands", async () => {
		const project = await createProject(url);
		const sent = [llmSpan(), llmSpan(), llmSpan()];
		for (const span of sent) await sendSpans(url, [span], project.name);
		const query = (page: number) => listTraces(url, `?projectId=${project.id}&size=2&page=${page}`);
		const sort = { sorted: true, unsorted: false, empty: false };
		expect(await query(0)).toEqual({
			content: [sent[2], sent[1]].map((span) => ({
				id: UUID,
				traceId: span?.traceId,
				projectId: project.id,
				rootSpanName: "llm.generate",
				spanCount: 1,
				createdAt: ISO_TIME,
				expiresAt: ISO_TIME,
			})),
			number: 0,
			size: 2,
			totalElements: 3,
			totalPages: 2,
			first: true,
			last: false,
			numberOfElements: 2,
			empty: false,
			sort,
			pageable: { pageNumber: 0, pageSize: 2, offset: 0, paged: true, unpaged: false, sort },
		});
		expect(await query(1)).toMatchObject({
			content: [{ traceId: sent[0]?.traceId }],
			number: 1,
			first: false,
			last: true,
			numberOfElements: 1,
		});
		expect(await query(7)).toMatchObject({ content: [], number: 7, totalElements: 3, empty: true, last: true });
	});

	it.each([
		["page=-3&size=0", 0, 1],
		["size=1000", 0, 200],
	])("bring %s into bounds", async (query, number, size) => {
		expect(await listTraces(url, `?${query}`)).toMatchObject({ number, size });
	});

	it("are read by UUID, by hex id and by hex id in capitals; spans stand in start order", async () => {
		const root = llmSpan({ name: "root", startTimeUnixNano: "1700000000000000001" });
		const child = llmSpan({
			traceId: root.traceId,
			parentSpanId: root.spanId,
			startTimeUnixNano: "1700000000000000002",
		});
		await sendSpans(url, [child, root]);
		const trace = await getTrace(url, root.traceId);
		expect(trace.spans.map((span) => span.spanId)).toEqual([root.spanId, child.spanId]);
		expect(trace).toMatchObject({ rootSpanName: "root", spanCount: 2, tenantId: null, evalJobs: [] });
		expect(trace).toMatchObject({ summary: { name: "root", status: "ok", errorCount: 0, sessionId: null, tags: [] } });
		for (const id of [trace.id, root.traceId.toUpperCase()]) expect(await getTrace(url, id)).toEqual(trace);
	});
});

describe("feedback", () => {
	it("is given on a trace and on its spans, listed and deleted", async () => {
		const span = llmSpan();
		const project = await createProject(url);
		await sendSpans(url, [span], project.name);
		const path = `/api/v1/traces/${span.traceId}/feedback`;
		const base = { projectId: project.id, traceId: span.traceId, spanId: "", thumb: null, note: null, author: null };
		const thumb = await mustCall<{ id: string }>(url, path, post({ thumb: "UP", author: "Ada" }), 201);
		expect(thumb).toEqual({ ...base, id: UUID, thumb: "UP", author: "Ada", createdAt: ISO_TIME });
		const note = await mustCall<{ id: string }>(url, path, post({ note: "why?", spanId: span.spanId }), 201);
		expect(await mustCall(url, path)).toEqual([thumb, note]);
		expect((await call(url, `${path}/${thumb.id}`, { method: "DELETE" })).status).toBe(204);
		expect(await mustCall(url, path)).toEqual([note]);
		expect((await call(url, `${path}/${thumb.id}`, { method: "DELETE" })).status).toBe(404);
		expect((await call(url, path, post({ thumb: "UP", spanId: "00000000000000aa" }))).status).toBe(404);
		expect((await call(url, path, post({}))).status).toBe(400);
	});
});
