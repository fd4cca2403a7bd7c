import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { encodeOtlpLogs } from "@/tests/support/encode-otlp";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { createJudgedProject, endedEvaluations } from "@/tests/support/judged-project";
import { inProject, llmSpan } from "@/tests/support/llm-span";
import { decodeExportResponse, decodeStatus } from "@/tests/support/otlp-answer";
import {
	anyValue,
	attributes,
	type OtlpLogRequest,
	otlpLog,
	otlpLogRequest,
	otlpRequest,
} from "@/tests/support/otlp-request";
import { call, mustCall, post, sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");
const PROTOBUF = "application/x-protobuf";

interface Canonical {
	input_text: string | null;
	output_text: string | null;
	output_messages: unknown;
	provenance: Record<string, string>;
}

async function sendProtobuf(request: OtlpLogRequest, path = "/v1/logs") {
	const body = encodeOtlpLogs(request) as BodyInit;
	const response = await fetch(`${url}${path}`, { method: "POST", body, headers: { "Content-Type": PROTOBUF } });
	expect(response.headers.get("content-type")).toBe(PROTOBUF);
	return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

/** A call whose question and answer come as log records. */
function conversation() {
	const span = llmSpan({
		attributes: attributes({ "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o-mini" }),
	});
	const { traceId, spanId } = span;
	const event = (eventName: string, timeUnixNano: string, body: object) =>
		otlpLog({ traceId, spanId, eventName, timeUnixNano, body: anyValue(body) });
	return {
		span,
		question: event("gen_ai.user.message", "1790000000000000001", { content: "Capital of France?" }),
		answer: event("gen_ai.choice", "1790000000000000002", {
			index: 0,
			finish_reason: "stop",
			message: { role: "assistant", content: "Paris." },
		}),
	};
}

describe.each(["/v1/logs", "/api/v1/logs", "/api/public/otel/v1/logs"])("POST %s", (path) => {
	const mixed = () => [
		otlpLog(),
		otlpLog({ eventName: "http.request", body: anyValue("GET /") }),
		otlpLog({ spanId: undefined }),
		otlpLog({ traceId: "abcd" }),
	];

	it("JSON: counts what it keeps, drops and rejects, and names what it rejects", async () => {
		const { status, body, headers } = await call(url, path, post(otlpLogRequest(mixed())));
		expect(status).toBe(200);
		expect(body).toEqual({
			acceptedLogRecords: 1,
			droppedLogRecords: 2,
			rejectedLogRecords: 1,
			partialSuccess: {
				rejectedLogRecords: "1",
				errorMessage: "resourceLogs[0].scopeLogs[0].logRecords[3]: traceId must be 32 hex digits",
			},
		});
		expect(headers.get("x-spanwise-dropped-log-records")).toBe("2");
	});

	it("JSON: has no partial success when records were only dropped", async () => {
		const { body } = await call(url, path, post(otlpLogRequest(mixed().slice(0, 3))));
		expect(body).toEqual({ acceptedLogRecords: 1, droppedLogRecords: 2, rejectedLogRecords: 0 });
	});

	it("protobuf: is empty when nothing was rejected, and a partial success otherwise", async () => {
		const all = await sendProtobuf(otlpLogRequest(mixed().slice(0, 3)), path);
		expect([all.status, all.body.length]).toEqual([200, 0]);
		expect(all.headers.get("x-spanwise-accepted-log-records")).toBe("1");
		const some = await sendProtobuf(otlpLogRequest(mixed()), path);
		expect(decodeExportResponse(some.body)).toEqual({
			rejectedSpans: 1,
			errorMessage: expect.stringContaining("log_records[3]: traceId must be 32 hex digits"),
		});
	});

	it("has no other method", async () => {
		expect((await call(url, path)).status).toBe(405);
	});
});

describe("what senders may do wrong", () => {
	it("gets an answer in their encoding", async () => {
		const cut = encodeOtlpLogs(otlpLogRequest([otlpLog()])).subarray(0, -1) as BodyInit;
		const headers = { "Content-Type": PROTOBUF };
		const response = await fetch(`${url}/v1/logs`, { method: "POST", body: cut, headers });
		expect(response.status).toBe(400);
		expect(decodeStatus(Buffer.from(await response.arrayBuffer())).message).toMatch(/^Malformed OTLP protobuf body/);
		expect(await call(url, "/v1/logs", post([]))).toMatchObject({ status: 400, body: { error: "Bad Request" } });
		const text = { method: "POST", body: "x", headers: { "Content-Type": "text/plain" } };
		expect((await call(url, "/v1/logs", text)).status).toBe(415);
	});

	it("logs sent as traces, and traces sent as logs, are told where they belong", async () => {
		const sent = await sendProtobuf(otlpLogRequest([otlpLog({ body: anyValue({ content: "Hi" }) })]), "/v1/traces");
		expect(sent.status).toBe(400);
		expect(decodeStatus(sent.body).message).toContain("/v1/logs");
		expect(await call(url, "/v1/traces", post(otlpLogRequest([otlpLog()])))).toMatchObject({
			status: 400,
			body: { message: expect.stringContaining("/v1/logs") },
		});
		expect(await call(url, "/v1/logs", post(otlpRequest([llmSpan()])))).toMatchObject({
			status: 400,
			body: { message: expect.stringContaining("/v1/traces") },
		});
	});

	it("a packed body is unpacked", async () => {
		const body = gzipSync(JSON.stringify(otlpLogRequest([otlpLog()])));
		const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
		expect(await mustCall(url, "/v1/logs", { method: "POST", body, headers })).toMatchObject({ acceptedLogRecords: 1 });
	});
});

describe("a span whose content comes as log records", () => {
	let judge: FakeJudge;
	beforeAll(async () => {
		judge = await startFakeJudge(() => verdict(0.9, "it names Paris"));
	});
	afterAll(() => judge.close());

	it("shows them, whichever came first, and is judged once it has them", async () => {
		const { project } = await createJudgedProject(url, judge.url);
		const { span, question, answer } = conversation();
		await mustCall(url, "/v1/logs", post(otlpLogRequest([question], inProject(project.name))));
		await sendSpans(url, [span], project.name);
		expect((await sendProtobuf(otlpLogRequest([answer], inProject(project.name)))).status).toBe(200);
		const [stored] = await mustCall<Canonical[]>(url, `/api/v1/traces/${span.traceId}/spans`);
		expect(stored).toMatchObject({
			input_text: "Capital of France?",
			output_text: "Paris.",
			output_messages: [{ role: "assistant", parts: [{ type: "text", text: "Paris." }], finish_reason: "stop" }],
			provenance: { output_messages: expect.stringMatching(/^log:/) },
		});
		expect(await endedEvaluations(url, span.traceId)).toMatchObject([{ status: "SUCCEEDED", score: 0.9 }]);
		expect(judge.calls).toHaveLength(1);
		expect(JSON.stringify(judge.calls)).toContain("Paris.");
	});
});
