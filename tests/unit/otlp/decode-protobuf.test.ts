import { Writer } from "protobufjs/minimal";
import { describe, expect, it } from "vitest";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import { CUT_ATTRIBUTE, LIMITS } from "@/lib/otlp/limits";
import type { AnyValue } from "@/lib/span/any-value";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { thrown } from "@/tests/support/failure";
import { otlpRequest, otlpSpan } from "@/tests/support/otlp-request";

/** A request whose one span has these bytes appended. */
function withSpanBytes(write: (writer: Writer) => Writer): Uint8Array {
	const { traceId = "", spanId = "" } = otlpSpan();
	const span = Writer.create()
		.uint32(10)
		.bytes(Buffer.from(traceId, "hex"))
		.uint32(18)
		.bytes(Buffer.from(spanId, "hex"));
	const bytes = write(span.uint32(42).string("chat")).finish();
	const scopeSpans = Writer.create().uint32(18).bytes(bytes).finish();
	return Writer.create().uint32(10).bytes(Writer.create().uint32(18).bytes(scopeSpans).finish()).finish();
}

function nest(depth: number, wrap: (inner: AnyValue) => AnyValue): AnyValue {
	return Array.from({ length: depth }).reduce<AnyValue>(wrap, {});
}

describe("decodeProtobuf()", () => {
	it("skips fields it does not know, of every wire type", () => {
		const body = withSpanBytes((writer) =>
			writer
				.uint32((100 << 3) | 0)
				.uint32(7)
				.uint32((101 << 3) | 1)
				.double(1)
				.uint32((102 << 3) | 2)
				.string("future")
				.uint32((103 << 3) | 5)
				.fixed32(9)
				.uint32((104 << 3) | 3)
				.uint32((1 << 3) | 0)
				.uint32(1)
				.uint32((104 << 3) | 4),
		);
		expect(decodeProtobuf(body)).toMatchObject({ spans: [{ name: "chat" }], rejections: [] });
	});

	it("skips a known field of another wire type", () => {
		const body = withSpanBytes((writer) => writer.uint32((5 << 3) | 0).uint32(3));
		expect(decodeProtobuf(body).spans[0]?.name).toBe("chat");
	});

	it("gives spans that stand before their resource and scope both of them all the same", () => {
		const { traceId = "", spanId = "" } = otlpSpan();
		const span = Writer.create()
			.uint32(10)
			.bytes(Buffer.from(traceId, "hex"))
			.uint32(18)
			.bytes(Buffer.from(spanId, "hex"));
		const scope = Writer.create().uint32(10).string("late scope").finish();
		const scopeSpans = Writer.create()
			.uint32(18)
			.bytes(span.uint32(42).string("early").finish())
			.uint32(10)
			.bytes(scope);
		const resource = Writer.create().uint32(16).uint32(4).finish();
		const resourceSpans = Writer.create().uint32(18).bytes(scopeSpans.finish()).uint32(10).bytes(resource);
		const { spans } = decodeProtobuf(Writer.create().uint32(10).bytes(resourceSpans.finish()).finish());
		expect(spans[0]).toMatchObject({ scope: { name: "late scope" }, resource: { droppedAttributesCount: 4 } });
	});

	it("replaces invalid UTF-8 instead of failing", () => {
		const body = withSpanBytes((writer) => writer.uint32(26).bytes(Uint8Array.of(0x61, 0xff, 0xed, 0xa0, 0x80)));
		expect(decodeProtobuf(body).spans[0]?.traceState).toMatch(/^a\ufffd+$/);
	});

	it("reads unknown enum numbers as unspecified", () => {
		for (const kind of [0, 6, 99, 0xffffffff]) {
			const [span] = decodeProtobuf(encodeOtlp(otlpRequest([otlpSpan({ kind, status: { code: kind } })]))).spans;
			expect(span).toMatchObject({ otelKind: null, statusCode: null });
		}
	});

	it("cuts what is nested deeper than the limit and keeps the span", () => {
		const inArray = (inner: AnyValue): AnyValue => ({ arrayValue: { values: [inner] } });
		const inMap = (inner: AnyValue): AnyValue => ({ kvlistValue: { values: [{ key: "k", value: inner }] } });
		for (const wrap of [inArray, inMap]) {
			const spans = [LIMITS.depth, LIMITS.depth + 1, 400].map((depth) =>
				otlpSpan({ name: `depth ${depth}`, attributes: [{ key: "deep", value: nest(depth, wrap) }] }),
			);
			const decoded = decodeProtobuf(encodeOtlp(otlpRequest(spans)));
			expect(decoded.spans.map((span) => [span.name, span.attributes.has(CUT_ATTRIBUTE)])).toEqual([
				["depth 256", false],
				["depth 257", true],
				["depth 400", true],
			]);
			expect(decoded.rejections).toEqual([]);
			expect(decoded.warnings).toHaveLength(2);
		}
	});

	it("cuts a resource that is nested too deep, and keeps the spans that depend on it", () => {
		const request = otlpRequest([otlpSpan()]);
		const value = nest(LIMITS.depth + 1, (inner) => ({ arrayValue: { values: [inner] } }));
		request.resourceSpans[0] = { ...request.resourceSpans[0], resource: { attributes: [{ key: "deep", value }] } };
		const { spans, warnings } = decodeProtobuf(encodeOtlp(request));
		expect(spans[0]?.resource.attributes.get(CUT_ATTRIBUTE)).toEqual({
			arrayValue: {
				values: [{ stringValue: expect.stringMatching(/^attributes\[deep\]\[0\].*nested deeper than 256$/) }],
			},
		});
		expect(warnings).toEqual([expect.stringMatching(/^resource_spans\[0\]\.resource\.attributes\[0\]/)]);
	});

	it("names the byte and the field path where a body breaks off", () => {
		const body = encodeOtlp(otlpRequest([otlpSpan(), otlpSpan({ name: "last" })]));
		expect(thrown(() => decodeProtobuf(body.subarray(0, -1))).publicMessage).toMatch(
			/^Malformed OTLP protobuf body at byte \d+: a length runs past the end of the body$/,
		);
		// The name's own length, one too many: only the innermost message notices.
		const nameAt = body.lastIndexOf("last") - 1;
		const broken = Buffer.from(body).fill(200, nameAt, nameAt + 1);
		expect(thrown(() => decodeProtobuf(broken)).publicMessage).toBe(
			`Malformed OTLP protobuf body at byte ${nameAt + 2} in resource_spans[0].scope_spans[0].spans[1]: a length runs past the end of the body`,
		);
	});

	it.each([
		["a length beyond the end", "0aff01"],
		["field number 0", "0000"],
		["an unfinished number", "0aff"],
		["an end of a group that never began", "0c"],
		["a wire type that does not exist", "0f"],
		["groups without end", "0b".repeat(50_000)],
	])("refuses %s", (_, hex) => {
		const error = thrown(() => decodeProtobuf(Buffer.from(hex, "hex")));
		expect(error).toMatchObject({ code: "invalid_input" });
		expect(error.publicMessage).toMatch(/^Malformed OTLP protobuf body at byte \d+: /);
	});

	it("reads an empty body as a request without spans", () => {
		expect(decodeProtobuf(new Uint8Array())).toEqual({ spans: [], rejections: [], warnings: [] });
	});
});
