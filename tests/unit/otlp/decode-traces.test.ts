import { describe, expect, it } from "vitest";
import { decodeTraces } from "@/lib/otlp/decode-traces";
import { encodeOtlp, encodeOtlpLogs } from "@/tests/support/encode-otlp";
import { thrown } from "@/tests/support/failure";
import {
	anyValue,
	attributes,
	jsonBody,
	type OtlpRequest,
	otlpLog,
	otlpLogRequest,
	otlpRequest,
	otlpSpan,
} from "@/tests/support/otlp-request";

const HINT = { code: "invalid_input", publicMessage: expect.stringContaining("send logs to /v1/logs") };

const LOGS = {
	"with ids": otlpLogRequest([otlpLog({ body: anyValue({ content: "Hi" }), timeUnixNano: "5" })]),
	"without ids": otlpLogRequest([otlpLog({ traceId: undefined, spanId: undefined, severityText: "INFO" })]),
	"of an application": otlpLogRequest([
		otlpLog({ body: anyValue("GET /cart"), attributes: attributes({ "http.route": "/cart" }), flags: 1 }),
		otlpLog({ eventName: undefined, traceId: undefined, spanId: undefined, body: anyValue("plain") }),
	]),
};

function both(request: OtlpRequest) {
	return [() => decodeTraces("json", jsonBody(request)), () => decodeTraces("protobuf", encodeOtlp(request))];
}

describe("decodeTraces()", () => {
	it.each(Object.entries(LOGS))("takes a protobuf body of logs %s for one", (_, request) => {
		expect(thrown(() => decodeTraces("protobuf", encodeOtlpLogs(request)))).toMatchObject(HINT);
	});

	it("says where a JSON body of another signal belongs", () => {
		for (const [resources, path] of [
			["resourceLogs", "/v1/logs"],
			["resourceMetrics", "/v1/metrics"],
		] as const) {
			expect(thrown(() => decodeTraces("json", jsonBody({ [resources]: [] })))).toMatchObject({
				code: "invalid_input",
				publicMessage: `This endpoint takes resourceSpans, and the body holds ${resources}: send it to ${path}`,
			});
		}
	});

	it("gives the hint when no span has ids, and only then", () => {
		const without = otlpSpan({ traceId: undefined, spanId: undefined });
		for (const decode of both(otlpRequest([without, without]))) expect(thrown(decode)).toMatchObject(HINT);
		for (const decode of both(otlpRequest([without, otlpSpan()]))) {
			expect(decode()).toMatchObject({
				spans: [{ name: "chat" }],
				rejections: [{ reason: "traceId and spanId are missing" }],
			});
		}
		for (const decode of both(otlpRequest([without, otlpSpan({ traceId: undefined })]))) {
			expect(decode()).toMatchObject({ spans: [], rejections: [{}, { reason: "traceId is missing" }] });
		}
	});

	it("tells broken bytes from a body of logs", () => {
		const body = encodeOtlp(otlpRequest([otlpSpan()])).subarray(0, -1);
		expect(thrown(() => decodeTraces("protobuf", body)).publicMessage).toMatch(/^Malformed OTLP protobuf body/);
	});

	it("takes a request without spans", () => {
		for (const decode of both({})) expect(decode()).toEqual({ spans: [], rejections: [], warnings: [] });
	});
});
