import { JsonLogsSerializer, ProtobufLogsSerializer } from "@opentelemetry/otlp-transformer";
import { describe, expect, it } from "vitest";
import { decodeLogs } from "@/lib/otlp/decode-logs";
import { decodeLogsJson } from "@/lib/otlp/decode-logs-json";
import { decodeLogsProtobuf } from "@/lib/otlp/decode-logs-protobuf";
import { EVERY_VALUE } from "@/tests/fixtures/every-field";
import { encodeOtlp, encodeOtlpLogs } from "@/tests/support/encode-otlp";
import { thrown } from "@/tests/support/failure";
import {
	anyValue,
	attributes,
	jsonBody,
	type OtlpLog,
	type OtlpLogRequest,
	otlpLog,
	otlpLogRequest,
	otlpRequest,
	otlpSpan,
} from "@/tests/support/otlp-request";

function both(request: OtlpLogRequest) {
	return [decodeLogs("json", jsonBody(request)), decodeLogs("protobuf", encodeOtlpLogs(request))] as const;
}

/** How many records of a request are kept, left out politely and rejected, the same in both encodings. */
function fate(...records: OtlpLog[]): { kept: number; dropped: number; rejected: number } {
	const [json, protobuf] = both(otlpLogRequest(records)).map(({ logs, dropped, rejections }) => ({
		kept: logs.length,
		dropped,
		rejected: rejections.length,
	}));
	expect(protobuf).toEqual(json);
	return json ?? { kept: -1, dropped: -1, rejected: -1 };
}

const KEPT = { kept: 1, dropped: 0, rejected: 0 };
const DROPPED = { kept: 0, dropped: 1, rejected: 0 };

describe("decodeLogs()", () => {
	it("reads equal records from one payload in both encodings, with every value and its place", () => {
		const request: OtlpLogRequest = {
			resourceLogs: [
				{
					schemaUrl: "https://opentelemetry.io/schemas/1.37.0",
					resource: { attributes: EVERY_VALUE, droppedAttributesCount: 1 },
					scopeLogs: [
						{
							schemaUrl: "scope schema",
							scope: { name: "openai", version: "2", attributes: attributes({ a: 1 }), droppedAttributesCount: 2 },
							logRecords: [
								otlpLog({
									traceId: "ab".repeat(16),
									spanId: "cd".repeat(8),
									eventName: "gen_ai.choice",
									timeUnixNano: "1790000000123456789",
									observedTimeUnixNano: "1790000000999999999",
									severityNumber: 9,
									severityText: "INFO",
									flags: 1,
									droppedAttributesCount: 3,
									body: anyValue({ index: 0, message: { role: "assistant", content: "Grüße 👋", n: 0.5 } }),
									attributes: EVERY_VALUE,
								}),
							],
						},
					],
				},
			],
		};
		const [json, protobuf] = both(request);
		expect(json).toMatchObject({ dropped: 0, rejections: [], warnings: [] });
		expect(json.logs[0]).toMatchObject({
			traceId: "ab".repeat(16),
			spanId: "cd".repeat(8),
			eventName: "gen_ai.choice",
			severityText: "INFO",
			timeUnixNano: 1790000000123456789n,
			body: anyValue({ index: 0, message: { role: "assistant", content: "Grüße 👋", n: 0.5 } }),
			resource: { droppedAttributesCount: 1, schemaUrl: "https://opentelemetry.io/schemas/1.37.0" },
			scope: { name: "openai", version: "2", droppedAttributesCount: 2, schemaUrl: "scope schema" },
		});
		expect([...(json.logs[0]?.attributes ?? [])]).toEqual(EVERY_VALUE.map(({ key, value }) => [key, value]));
		expect(protobuf).toEqual(json);
	});

	it("agrees on what the OpenTelemetry SDK's own serializers write", () => {
		const records = [sdkRecord("gen_ai.user.message", { content: "Hi" }), sdkRecord("gen_ai.choice", { index: 0 })];
		const json = decodeLogsJson(Buffer.from(JsonLogsSerializer.serializeRequest(records) ?? []).toString("utf8"));
		const protobuf = decodeLogsProtobuf(ProtobufLogsSerializer.serializeRequest(records) ?? new Uint8Array());
		expect(json.logs.map(({ eventName, body }) => [eventName, body])).toEqual([
			["gen_ai.user.message", anyValue({ content: "Hi" })],
			["gen_ai.choice", anyValue({ index: 0 })],
		]);
		expect(json.logs[0]).toMatchObject({ traceId: "ab".repeat(16), timeUnixNano: 1_790_000_000_123_456_789n });
		expect(protobuf).toEqual(json);
	});

	it("takes the time of observation when the record has none of its own", () => {
		for (const timeUnixNano of [undefined, "0"]) {
			for (const { logs } of both(otlpLogRequest([otlpLog({ timeUnixNano, observedTimeUnixNano: "7" })]))) {
				expect(logs[0]?.timeUnixNano).toBe(7n);
			}
		}
		for (const { logs } of both(otlpLogRequest([otlpLog()]))) expect(logs[0]?.timeUnixNano).toBeNull();
	});

	it("keeps records of GenAI events, by the field, the attribute or the text of the body", () => {
		for (const name of ["gen_ai.choice", "claude_code.api_request", "codex.sse_event"]) {
			expect(fate(otlpLog({ eventName: name }))).toEqual(KEPT);
			expect(fate(otlpLog({ eventName: undefined, attributes: attributes({ "event.name": name }) }))).toEqual(KEPT);
			expect(fate(otlpLog({ eventName: undefined, body: anyValue(name) }))).toEqual(KEPT);
		}
		const [{ logs }] = both(
			otlpLogRequest([otlpLog({ eventName: "", attributes: attributes({ "event.name": "codex.user_prompt" }) })]),
		);
		expect(logs[0]?.eventName).toBe("codex.user_prompt");
	});

	it("keeps records with attributes of the GenAI conventions or a body of input and output", () => {
		expect(fate(otlpLog({ eventName: "", attributes: attributes({ "gen_ai.system": "openai" }) }))).toEqual(KEPT);
		for (const body of [{ input: { messages: [] } }, { output: "x" }, { input: 1, output: 2 }]) {
			expect(fate(otlpLog({ eventName: "", body: anyValue(body) }))).toEqual(KEPT);
		}
	});

	it("counts records of no span or of no LLM application, whatever is in them", () => {
		expect(fate(otlpLog({ traceId: undefined }))).toEqual(DROPPED);
		expect(fate(otlpLog({ spanId: undefined }))).toEqual(DROPPED);
		expect(fate(otlpLog({ traceId: "0".repeat(32) }))).toEqual(DROPPED);
		expect(fate(otlpLog({ traceId: "", spanId: "" }))).toEqual(DROPPED);
		for (const eventName of [undefined, "", "exception", "xgen_ai.choice", "gen_aix"]) {
			expect(fate(otlpLog({ eventName, body: anyValue("GET /cart 200") }))).toEqual(DROPPED);
		}
		for (const body of ["input", ["input"], { inputs: 1 }, 5, null]) {
			expect(fate(otlpLog({ eventName: "", body: anyValue(body) }))).toEqual(DROPPED);
		}
	});

	it("rejects a malformed record alone, with its place and a reason, in both encodings alike", () => {
		const deep = Array.from({ length: 257 }).reduce<OtlpLog["body"]>(
			(inner) => ({ arrayValue: { values: [inner ?? {}] } }),
			{},
		);
		const records = [otlpLog(), otlpLog({ traceId: "abcd" }), otlpLog({ spanId: "ab".repeat(16) }), otlpLog()];
		const [json, protobuf] = both(otlpLogRequest([...records, otlpLog({ body: deep })]));
		expect(json.logs).toHaveLength(3);
		expect(json.rejections).toMatchObject([
			{ path: "resourceLogs[0].scopeLogs[0].logRecords[1]", reason: "traceId must be 32 hex digits" },
			{ path: "resourceLogs[0].scopeLogs[0].logRecords[2]", reason: "spanId must be 16 hex digits" },
		]);
		expect(protobuf.logs).toEqual(json.logs);
		expect(json.warnings).toEqual([
			expect.stringMatching(/^resourceLogs.*logRecords\[4\]\.body.*nested deeper than 256$/),
		]);
		expect(protobuf.rejections.map(({ path }) => path)).toEqual([
			"resource_logs[0].scope_logs[0].log_records[1]",
			"resource_logs[0].scope_logs[0].log_records[2]",
		]);
	});

	it("accepts snake_case, and bodies without records", () => {
		const record = { trace_id: "ab".repeat(16), span_id: "cd".repeat(8), event_name: "gen_ai.choice" };
		const text = JSON.stringify({ resource_logs: [{ scope_logs: [{ log_records: [record] }] }] });
		expect(decodeLogsJson(text).logs[0]).toMatchObject({ traceId: "ab".repeat(16), eventName: "gen_ai.choice" });
		for (const empty of ["", "{}", '{"resourceLogs":[{"scopeLogs":[{}]}]}']) {
			expect(decodeLogsJson(empty)).toEqual({ logs: [], dropped: 0, rejections: [], warnings: [] });
		}
		expect(decodeLogsProtobuf(new Uint8Array())).toEqual({ logs: [], dropped: 0, rejections: [], warnings: [] });
	});

	it("survives bodies cut at every byte", () => {
		const body = encodeOtlpLogs(otlpLogRequest([otlpLog({ body: anyValue({ content: "my-private-prompt" }) })]));
		for (let end = 0; end < body.length; end++) {
			const error = thrownOrNull(() => decodeLogsProtobuf(body.subarray(0, end)));
			if (error) {
				expect(error).toMatchObject({ code: "invalid_input" });
				expect(error.message).not.toContain("my-private-prompt");
			}
		}
	});

	it("says where a JSON body of spans belongs", () => {
		const body = jsonBody(otlpRequest([otlpSpan()]));
		expect(thrown(() => decodeLogs("json", body))).toMatchObject({
			code: "invalid_input",
			publicMessage: "This endpoint takes resourceLogs, and the body holds resourceSpans: send it to /v1/traces",
		});
	});

	it("keeps nothing of a protobuf body of spans, and says where it belongs when it is unreadable", () => {
		const readable = otlpRequest([otlpSpan({ name: "", attributes: attributes({ "gen_ai.system": "x" }) })]);
		expect(decodeLogs("protobuf", encodeOtlp(readable)).logs).toEqual([]);
		// "chat" reads as a group that another one ends.
		const body = encodeOtlp(otlpRequest([otlpSpan({ name: "chat" })]));
		expect(thrown(() => decodeLogs("protobuf", body))).toMatchObject({
			code: "invalid_input",
			publicMessage: "The body holds spans and no log records: send it to /v1/traces",
		});
	});
});

function thrownOrNull(call: () => unknown): Error | null {
	try {
		call();
		return null;
	} catch (error) {
		return error as Error;
	}
}

type SdkRecord = Parameters<typeof JsonLogsSerializer.serializeRequest>[0][number];

function sdkRecord(eventName: string, body: Record<string, string | number>): SdkRecord {
	return {
		eventName,
		body,
		hrTime: [1_790_000_000, 123_456_789],
		hrTimeObserved: [1_790_000_001, 1],
		spanContext: { traceId: "ab".repeat(16), spanId: "cd".repeat(8), traceFlags: 1 },
		severityNumber: 9,
		severityText: "INFO",
		attributes: { "gen_ai.system": "openai", flag: true },
		resource: {
			attributes: { "service.name": "sdk" },
			merge: () => {
				throw new Error("nothing to merge");
			},
			getRawAttributes: () => [],
		},
		instrumentationScope: { name: "tests", version: "1.0.0" },
		droppedAttributesCount: 0,
	};
}
