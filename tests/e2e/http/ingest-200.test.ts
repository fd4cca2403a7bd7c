import { gzipSync } from "node:zlib";
import { describe, expect, inject, it } from "vitest";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { createProject } from "@/tests/support/judged-project";
import { llmSpan, SEED_BODY } from "@/tests/support/llm-span";
import { decodeExportResponse } from "@/tests/support/otlp-answer";
import { type OtlpRequest, type OtlpSpan, otlpRequest } from "@/tests/support/otlp-request";
import { call, getTrace, listTraces, post, sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");
const PROTOBUF = "application/x-protobuf";

async function send(body: string | Buffer, headers: Record<string, string>, path = "/api/v1/traces") {
	const response = await fetch(`${url}${path}`, { method: "POST", body: body as BodyInit, headers });
	return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

function json(body: Buffer): unknown {
	return JSON.parse(body.toString("utf8"));
}

/** One good span, and two that have no name and no id. */
function partlyMalformed(good: OtlpSpan): OtlpRequest {
	return otlpRequest([good, llmSpan({ name: " " }), llmSpan({ spanId: "" })]);
}

describe.each(["/api/v1/traces", "/v1/traces"])("POST %s", (path) => {
	it("takes the documented JSON body and answers with its three counters", async () => {
		const answer = await send(SEED_BODY, { "Content-Type": "application/json" }, path);
		expect(answer.status).toBe(200);
		expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
		expect(json(answer.body)).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
	});

	it("takes protobuf and answers with an empty ExportTraceServiceResponse and the counters in headers", async () => {
		const sent = [llmSpan(), llmSpan()];
		const answer = await send(encodeOtlp(otlpRequest(sent)), { "Content-Type": PROTOBUF }, path);
		expect(answer.status).toBe(200);
		expect(answer.headers.get("content-type")).toBe(PROTOBUF);
		expect(answer.body).toHaveLength(0);
		expect(answer.headers.get("x-spanwise-accepted-spans")).toBe("2");
		expect(answer.headers.get("x-spanwise-rejected-spans")).toBe("0");
		expect(answer.headers.get("x-spanwise-traces")).toBe("2");
		for (const { traceId, spanId } of sent) expect((await getTrace(url, traceId)).spans[0]?.spanId).toBe(spanId);
	});
});

describe("what a sender may write differently", () => {
	it.each([
		["application/json; charset=utf-8", "json"],
		["Application/JSON", "json"],
		["application/protobuf", "protobuf"],
		["application/x-protobuf; proto=x", "protobuf"],
	])("Content-Type %s", async (type, encoding) => {
		const sent = otlpRequest([llmSpan()]);
		const body = encoding === "json" ? JSON.stringify(sent) : encodeOtlp(sent);
		const answer = await send(body, { "Content-Type": type, Accept: "application/json" });
		expect(answer.status).toBe(200);
		expect(json(answer.body)).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
	});

	it.each(["json", "protobuf"])("a gzip body in %s", async (encoding) => {
		const sent = llmSpan();
		const body = encoding === "json" ? JSON.stringify(otlpRequest([sent])) : encodeOtlp(otlpRequest([sent]));
		const type = encoding === "json" ? "application/json" : PROTOBUF;
		const answer = await send(gzipSync(body), { "Content-Type": type, "Content-Encoding": "gzip" });
		expect(answer.status).toBe(200);
		expect((await getTrace(url, sent.traceId)).spanCount).toBe(1);
	});

	it.each([
		"{}",
		'{"resourceSpans":[]}',
		'{"resourceSpans":[{}]}',
		'{"resourceSpans":[{"scopeSpans":[{"spans":null}]}]}',
	])("empty lists: %s", async (body) => {
		const answer = await send(body, { "Content-Type": "application/json" });
		expect(answer.status).toBe(200);
		expect(json(answer.body)).toEqual({ acceptedSpans: 0, rejectedSpans: 0, traces: 0 });
	});

	it("an empty protobuf body, which is an empty request", async () => {
		const answer = await send("", { "Content-Type": PROTOBUF });
		expect(answer.status).toBe(200);
		expect(answer.headers.get("x-spanwise-accepted-spans")).toBe("0");
	});
});

describe("malformed spans among good ones", () => {
	it("JSON: counts and names them, and stores the rest", async () => {
		const good = llmSpan();
		const answer = await call(url, "/api/v1/traces", post(partlyMalformed(good)));
		expect(answer.status).toBe(200);
		expect(answer.body).toEqual({
			acceptedSpans: 1,
			rejectedSpans: 2,
			traces: 1,
			partialSuccess: { rejectedSpans: "2", errorMessage: expect.stringContaining("spans[1]: name is missing") },
		});
		expect((await getTrace(url, good.traceId)).spanCount).toBe(1);
	});

	it("protobuf: says so in partial_success", async () => {
		const good = llmSpan();
		const answer = await send(encodeOtlp(partlyMalformed(good)), { "Content-Type": PROTOBUF });
		expect(answer.status).toBe(200);
		expect(decodeExportResponse(answer.body)).toEqual({
			rejectedSpans: 2,
			errorMessage: expect.stringContaining("spans[2]: spanId is missing"),
		});
		expect(answer.headers.get("x-spanwise-accepted-spans")).toBe("1");
		expect(answer.headers.get("x-spanwise-rejected-spans")).toBe("2");
	});
});

describe("the same span again", () => {
	it("is one span, in every count, with the latest content", async () => {
		const project = await createProject(url);
		const sent = llmSpan();
		await sendSpans(url, [sent], project.name);
		await sendSpans(url, [sent, sent], project.name);
		const answer = await sendSpans(url, [{ ...sent, name: "renamed" }], project.name);
		expect(answer).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
		const trace = await getTrace(url, sent.traceId);
		expect(trace.spans.map((stored) => [stored.spanId, stored.name])).toEqual([[sent.spanId, "renamed"]]);
		expect(trace).toMatchObject({ spanCount: 1, projectId: project.id });
		expect(await listTraces(url, `?projectId=${project.id}`)).toMatchObject({
			totalElements: 1,
			content: [{ traceId: sent.traceId, spanCount: 1 }],
		});
	});

	it("counters of a later batch speak of that batch only", async () => {
		const first = llmSpan();
		await sendSpans(url, [first]);
		const answer = await sendSpans(url, [llmSpan({ traceId: first.traceId, parentSpanId: first.spanId })]);
		expect(answer).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
		expect((await getTrace(url, first.traceId)).spanCount).toBe(2);
	});
});

describe("the project of a trace", () => {
	it("is the one its resource names, whatever other projects exist", async () => {
		const [project, other] = [await createProject(url), await createProject(url)];
		const sent = llmSpan();
		await sendSpans(url, [sent], project.name);
		expect((await getTrace(url, sent.traceId)).projectId).toBe(project.id);
		expect((await listTraces(url, `?projectId=${other.id}`)).totalElements).toBe(0);
	});

	it("is none for a name nobody created and for no name, and the spans are stored all the same", async () => {
		await createProject(url);
		for (const name of ["no-such-project", undefined]) {
			const sent = llmSpan();
			expect(await sendSpans(url, [sent], name)).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
			expect(await getTrace(url, sent.traceId)).toMatchObject({ projectId: null, spanCount: 1 });
		}
	});

	it("is the trace's own when a later batch names none", async () => {
		const project = await createProject(url);
		const first = llmSpan();
		await sendSpans(url, [first], project.name);
		await sendSpans(url, [llmSpan({ traceId: first.traceId })]);
		expect(await getTrace(url, first.traceId)).toMatchObject({ projectId: project.id, spanCount: 2 });
	});
});
