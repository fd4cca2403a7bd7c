import { JsonTraceSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { describe, expect, it } from "vitest";
import { decodeJson } from "@/lib/otlp/decode-json";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import { EVERY_FIELD, EVERY_VALUE } from "@/tests/fixtures/every-field";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { type OtlpRequest, otlpRequest, otlpSpan } from "@/tests/support/otlp-request";
import { seededRandom } from "@/tests/support/seeded-random";
import { oneSpelling } from "./one-spelling";
import { randomRequest } from "./random-request";

function both(request: OtlpRequest) {
	return [decodeJson(JSON.stringify(request)), decodeProtobuf(encodeOtlp(request))] as const;
}

describe("decodeJson() and decodeProtobuf()", () => {
	it("read equal spans from one payload that sets every field", () => {
		const [json, protobuf] = both(EVERY_FIELD);
		expect(json.rejections).toEqual([]);
		expect(json.spans).toHaveLength(4);
		expect(protobuf).toEqual(json);
	});

	it("keep every attribute value and the order of the keys, on spans, events, links, scope and resource", () => {
		for (const { spans } of both(EVERY_FIELD)) {
			const [span] = spans;
			expect([...(span?.attributes ?? [])]).toEqual(EVERY_VALUE.map(({ key, value }) => [key, value]));
			expect(span?.events[0]?.attributes).toEqual(span?.attributes);
			expect(span?.links[0]?.attributes).toEqual(span?.attributes);
			expect(span?.resource.attributes.get("int.min")).toEqual({ intValue: "-9223372036854775808" });
			expect(span?.scope.attributes.get("scope.key")).toEqual({ doubleValue: 0.5 });
		}
	});

	it("keep times to the nanosecond, flags, trace state, dropped counts and schema URLs", () => {
		for (const { spans } of both(EVERY_FIELD)) {
			expect(spans[0]).toMatchObject({
				traceState: "vendor=1,other=2",
				flags: 0x301,
				otelKind: "SPAN_KIND_CLIENT",
				startTimeUnixNano: 1790000000123456789n,
				endTimeUnixNano: 1790000001987654321n,
				droppedAttributesCount: 5,
				droppedEventsCount: 7,
				droppedLinksCount: 9,
				statusCode: "STATUS_CODE_ERROR",
				statusMessage: "rate limited",
				resource: { droppedAttributesCount: 3, schemaUrl: "https://opentelemetry.io/schemas/1.37.0" },
				scope: { name: "openai", version: "4.2.7", droppedAttributesCount: 4 },
			});
			expect(spans[1]).toMatchObject({ flags: 0xffffffff, startTimeUnixNano: 2n ** 64n - 1n, endTimeUnixNano: 1n });
		}
	});

	it("let the last of two equal keys win, in its later place", () => {
		const attributes = [
			{ key: "twice", value: { stringValue: "first" } },
			{ key: "once", value: { boolValue: true } },
			{ key: "twice", value: { intValue: "2" } },
		];
		for (const { spans } of both(otlpRequest([otlpSpan({ attributes })]))) {
			expect([...(spans[0]?.attributes ?? [])]).toEqual([
				["once", { boolValue: true }],
				["twice", { intValue: "2" }],
			]);
		}
	});

	it("keep __proto__ and constructor as ordinary keys", () => {
		const attributes = ["__proto__", "constructor"].map((key) => ({ key, value: { stringValue: key } }));
		for (const { spans } of both(otlpRequest([otlpSpan({ attributes })]))) {
			expect([...(spans[0]?.attributes.keys() ?? [])]).toEqual(["__proto__", "constructor"]);
		}
		expect({}).not.toHaveProperty("polluted");
	});

	it("leave times that were not given, or given as zero, null", () => {
		const spans = [otlpSpan(), otlpSpan({ startTimeUnixNano: "0", endTimeUnixNano: "0" })];
		for (const decoded of both(otlpRequest(spans))) {
			for (const span of decoded.spans) {
				expect(span).toMatchObject({ startTimeUnixNano: null, endTimeUnixNano: null });
			}
		}
	});

	it("treat empty and absent lists alike: no span, no rejection", () => {
		const requests: OtlpRequest[] = [{}, { resourceSpans: [] }, { resourceSpans: [{}] }, otlpRequest([])];
		for (const request of requests) {
			for (const decoded of both(request)) expect(decoded).toEqual({ spans: [], rejections: [], warnings: [] });
		}
	});

	it("reject the same spans for the same reasons and keep their neighbours", () => {
		const bad = [
			otlpSpan({ traceId: undefined }),
			otlpSpan({ traceId: "0".repeat(32) }),
			otlpSpan({ traceId: "abcd" }),
			otlpSpan({ spanId: "" }),
			otlpSpan({ spanId: "0".repeat(16) }),
			otlpSpan({ spanId: "ab".repeat(16) }),
			otlpSpan({ parentSpanId: "abcd" }),
			otlpSpan({ name: undefined }),
			otlpSpan({ name: " \t\n" }),
		];
		const [json, protobuf] = both(otlpRequest([otlpSpan(), ...bad, otlpSpan()]));
		const reasons = json.rejections.map(({ reason }) => reason);
		expect(protobuf.rejections.map(({ reason }) => reason)).toEqual(reasons);
		expect(reasons).toEqual([
			"traceId is missing",
			"traceId is all zeros",
			"traceId must be 32 hex digits",
			"spanId is missing",
			"spanId is all zeros",
			"spanId must be 16 hex digits",
			"parentSpanId must be 16 hex digits",
			"name is missing",
			"name is missing",
		]);
		expect(json.rejections[0]?.path).toBe("resourceSpans[0].scopeSpans[0].spans[1]");
		expect(protobuf.rejections[0]?.path).toBe("resource_spans[0].scope_spans[0].spans[1]");
		expect(json.spans).toHaveLength(2);
		expect(protobuf.spans).toEqual(json.spans);
	});

	it("name the resource of a rejected span, and its ids as they were sent", () => {
		const spans = [
			otlpSpan({ traceId: "ABCD", spanId: "00f067aa0ba902b7" }),
			otlpSpan({ traceId: undefined, spanId: undefined }),
			otlpSpan({ traceId: "ab".repeat(100), spanId: "" }),
		];
		const [json, protobuf] = both(otlpRequest([...spans, otlpSpan()], { "service.name": "checkout" }));
		for (const { rejections, spans } of [json, protobuf]) {
			expect(rejections).toHaveLength(3);
			for (const { resource } of rejections) expect(resource).toBe(spans[0]?.resource);
		}
		expect(json.rejections.map(({ sample }) => sample)).toEqual(["ABCD/00f067aa0ba902b7", "", "ab".repeat(40)]);
		// Bytes have no upper and lower case.
		expect(protobuf.rejections.map(({ sample }) => sample)).toEqual(["abcd/00f067aa0ba902b7", "", "ab".repeat(40)]);
	});

	it("read equal spans from random requests", () => {
		const random = seededRandom(20261203);
		let kept = 0;
		for (let round = 0; round < 300; round++) {
			const [json, protobuf] = both(randomRequest(random));
			expect(oneSpelling(protobuf)).toEqual(json);
			kept += json.spans.length;
		}
		expect(kept).toBeGreaterThan(300);
	}, 60_000);

	it("agree on what the OpenTelemetry SDK's own serializers write", () => {
		const reported = [sdkSpan("parent", 1), sdkSpan("child", 2)];
		const json = decodeJson(Buffer.from(JsonTraceSerializer.serializeRequest(reported) ?? []).toString("utf8"));
		const protobuf = decodeProtobuf(ProtobufTraceSerializer.serializeRequest(reported) ?? new Uint8Array());
		expect(json.spans.map((span) => span.name)).toEqual(["parent", "child"]);
		expect(protobuf).toEqual(json);
	});
});

type ReadableSpan = Parameters<typeof JsonTraceSerializer.serializeRequest>[0][number];

function sdkSpan(name: string, number: number): ReadableSpan {
	const context = { traceId: "ab".repeat(16), spanId: `${number}`.padStart(16, "0"), traceFlags: 1 };
	return {
		name,
		kind: 2,
		spanContext: () => context,
		parentSpanContext: number > 1 ? { ...context, spanId: "1".padStart(16, "0") } : undefined,
		startTime: [1_790_000_000, 123_456_789],
		endTime: [1_790_000_001, 1],
		status: { code: 2, message: "boom" },
		attributes: { text: "é", count: 3, ratio: 0.25, flag: true, list: ["a", "b"] },
		links: [{ context, attributes: { linked: true } }],
		events: [{ name: "token", time: [1_790_000_000, 5], attributes: { index: 0 } }],
		duration: [1, 0],
		ended: true,
		resource: {
			attributes: { "service.name": "sdk" },
			merge: (other) => other ?? notMerged(),
			getRawAttributes: () => [],
		},
		instrumentationScope: { name: "tests", version: "1.0.0" },
		droppedAttributesCount: 1,
		droppedEventsCount: 2,
		droppedLinksCount: 3,
	};
}

function notMerged(): never {
	throw new Error("nothing to merge");
}
