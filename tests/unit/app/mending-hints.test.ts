import { describe, expect, it } from "vitest";
import { mendingHint } from "@/app/p/[project]/ingest/mending-hints";
import { groupReason } from "@/lib/accounting/group-reason";
import { isAppError } from "@/lib/errors";
import { readBody } from "@/lib/http/read-body";
import { decodeTraces } from "@/lib/otlp/decode-traces";
import type { Encoding } from "@/lib/otlp/encoding";
import { attributes, jsonBody, type OtlpSpan, otlpRequest, otlpSpan } from "@/tests/support/otlp-request";

// The reasons come from where they are made: a reason that is worded anew must not lose its hint.

function reasonOfBody(encoding: Encoding, body: string): string {
	return publicMessage(() => decodeTraces(encoding, Buffer.from(body)));
}

function publicMessage(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		if (isAppError(error)) return groupReason(error.publicMessage);
		throw error;
	}
	throw new Error("was not refused");
}

function reasonOfSpan(span: object): string {
	const { rejections } = decodeTraces("json", jsonBody(otlpRequest([otlpSpan(), span as OtlpSpan])));
	return groupReason(rejections[0]?.reason ?? "");
}

async function reasonOfPacked(encoding: string): Promise<string> {
	const headers = { "Content-Encoding": encoding };
	const request = new Request("http://localhost/v1/traces", { method: "POST", headers, body: "plain text" });
	const failure: unknown = await readBody(request, { bodyBytesMax: 1e6, inflatedBytesMax: 1e6 }).catch((e) => e);
	return publicMessage(() => {
		throw failure;
	});
}

describe("what to do about a refused request", () => {
	it.each([
		["JSON that is none", "json", "{traces}", /not the JSON that Content-Type promises/],
		["protobuf that is none", "protobuf", "plain text", /not the protobuf that Content-Type promises/],
		["the body of another signal", "json", '{"resourceLogs":[]}', /another signal than the path takes/],
		["log records read as spans", "json", '{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}', /another signal/],
		["a field of the wrong shape", "json", '{"resourceSpans":[{"scopeSpans":7}]}', /The reason names the place/],
	] as const)("%s", (_name, encoding, body, hint) => {
		expect(mendingHint(400, reasonOfBody(encoding, body))).toMatch(hint);
	});

	it.each([
		["gzip", 400, /promises a compression that the body does not have/],
		["br", 415, /Compress with gzip or not at all/],
	] as const)("a body that says it is packed with %s and is not", async (encoding, status, hint) => {
		expect(mendingHint(status, await reasonOfPacked(encoding))).toMatch(hint);
	});

	it.each([
		[401, "Invalid or missing API key", /Authorization: Bearer <key>/],
		[413, "The body is larger than 16777216 bytes", /OTEL_BSP_MAX_EXPORT_BATCH_SIZE=128/],
		[415, "Content-Type must be application/json or application/x-protobuf", /OTEL_EXPORTER_OTLP_PROTOCOL/],
		[503, "The span store (ClickHouse) cannot be reached right now", /told to try again/],
		[418, "nobody foresaw this", /reason says/],
	] as const)("%i %s", (status, reason, hint) => {
		expect(mendingHint(status, reason)).toMatch(hint);
	});
});

describe("what to do about a span that was left out", () => {
	it.each([
		["no ids", { ...otlpSpan(), traceId: undefined, spanId: undefined }, /an SDK makes them by itself/],
		["half a trace id", otlpSpan({ traceId: "abc" }), /32 hex digits, a span id 16/],
		["no span id", { ...otlpSpan(), spanId: undefined }, /32 hex digits, a span id 16/],
		["a trace id of zeros", otlpSpan({ traceId: "0".repeat(32) }), /the context was empty/],
		["no name", otlpSpan({ name: " " }), /Give the span a name/],
		[
			"an attribute that is bare text",
			{ ...otlpSpan(), attributes: [{ key: "k", value: "v" }] },
			/exactly one typed value/,
		],
		["attributes that are a map", { ...otlpSpan(), attributes: { k: "v" } }, /exactly one typed value/],
		[
			"an integer that is none",
			{ ...otlpSpan(), attributes: [...attributes({ a: 1 }), { key: "k", value: { intValue: "x" } }] },
			/exactly one typed value/,
		],
	] as const)("%s", (_name, span, hint) => {
		const reason = reasonOfSpan(span);
		expect(reason).not.toBe("no reason given");
		expect(mendingHint(null, reason)).toMatch(hint);
	});

	it("one whose sender was told to send again", () => {
		expect(mendingHint(null, "store unavailable, told to retry")).toMatch(/Nothing to mend at the sender/);
	});
});
