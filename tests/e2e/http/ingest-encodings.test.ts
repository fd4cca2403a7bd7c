import { beforeAll, describe, expect, inject, it } from "vitest";
import { randomHex } from "@/lib/ids";
import { EVERY_FIELD, EVERY_FIELD_TRACE } from "@/tests/fixtures/every-field";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import type { OtlpRequest } from "@/tests/support/otlp-request";
import { getTrace, mustCall, post, type Receipt, type SpanView } from "@/tests/support/rest-client";

const url = inject("appUrl");
const FIELDS = [
	...["spanId", "parentSpanId", "name", "kind", "statusCode", "statusMessage", "startTimeUnixNano", "endTimeUnixNano"],
	...["inputText", "outputText", "attributes", "events", "links", "scope"],
];

/** The fixture under a trace id of its own. */
function everyField(traceId: string): OtlpRequest {
	return JSON.parse(JSON.stringify(EVERY_FIELD).replaceAll(EVERY_FIELD_TRACE, traceId));
}

function field(spans: SpanView[], name: string): unknown[] {
	return spans.map((span) => (span as unknown as Record<string, unknown>)[name]);
}

describe("one payload in both encodings", () => {
	let fromJson: SpanView[] = [];
	let fromProtobuf: SpanView[] = [];

	beforeAll(async () => {
		const [jsonId, protobufId] = [randomHex(16), randomHex(16)];
		const receipt = await mustCall<Receipt>(url, "/api/v1/traces", post(everyField(jsonId)));
		expect(receipt).toEqual({ acceptedSpans: 4, rejectedSpans: 0, traces: 2 });
		const headers = { "Content-Type": "application/x-protobuf", Accept: "application/json" };
		const body = encodeOtlp(everyField(protobufId)) as BodyInit;
		expect(await mustCall(url, "/api/v1/traces", { method: "POST", body, headers })).toEqual(receipt);
		fromJson = (await getTrace(url, jsonId)).spans;
		fromProtobuf = (await getTrace(url, protobufId)).spans;
	});

	it("gives the same spans", () => {
		expect(field(fromJson, "spanId").sort()).toEqual(["00000000000000a1", "00000000000000a2", "00000000000000a3"]);
		expect(Object.keys(fromJson[0] ?? {}).sort()).toEqual(["id", ...FIELDS].sort());
	});

	it.each(FIELDS)("gives equal %s", (name) => {
		expect(field(fromProtobuf, name)).toEqual(field(fromJson, name));
	});

	it("loses no digit, byte or character", () => {
		const full = fromJson.find((span) => span.spanId.endsWith("a1"));
		expect(full).toMatchObject({
			name: "chat gpt",
			kind: "SPAN_KIND_CLIENT",
			statusCode: "STATUS_CODE_ERROR",
			statusMessage: "rate limited",
			startTimeUnixNano: "1790000000123456789",
			endTimeUnixNano: "1790000001987654321",
			attributes: {
				"service.name": "checkout",
				string: "Grüße, 世界 👋",
				"string.nul": "a\0b",
				"bool.false": false,
				"int.max": "9223372036854775807",
				"int.beyond": "9007199254740993",
				"double.small": 5e-324,
				"double.nan": "NaN",
				bytes: "AP/+gA==",
				null: null,
				array: ["a", -1, null],
				"kvlist.empty": {},
				constructor: "own",
				"": "empty key",
			},
			events: [{ name: "gen_ai.choice", timeUnixNano: "1790000000500000001" }, { name: "without time" }],
			links: [{ traceId: "fedcba9876543210fedcba9876543210", spanId: "00000000000000b2" }, {}],
			scope: { name: "openai", version: "4.2.7" },
		});
	});

	it("says null for what was not sent", () => {
		const bare = fromJson.find((span) => span.spanId.endsWith("a3"));
		expect(bare).toMatchObject({
			parentSpanId: null,
			kind: null,
			statusCode: null,
			statusMessage: null,
			startTimeUnixNano: null,
			endTimeUnixNano: null,
			inputText: null,
			outputText: null,
			events: [],
			links: [],
		});
	});
});
