import { gzipSync } from "node:zlib";
import { describe, expect, inject, it } from "vitest";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { llmSpan } from "@/tests/support/llm-span";
import { decodeStatus } from "@/tests/support/otlp-answer";
import { attributes, otlpRequest } from "@/tests/support/otlp-request";
import { call, type ErrorView } from "@/tests/support/rest-client";

const url = inject("appUrl");
const SECRET = "my-secret-prompt";
const MIB = 1024 * 1024;
const INVALID_ARGUMENT = 3;

function sendJson(body: string | Buffer, headers: Record<string, string> = {}) {
	return call<ErrorView>(url, "/api/v1/traces", {
		method: "POST",
		body: body as BodyInit,
		headers: { "Content-Type": "application/json", ...headers },
	});
}

async function sendProtobuf(body: Buffer, headers: Record<string, string> = {}) {
	const response = await fetch(`${url}/v1/traces`, {
		method: "POST",
		body: body as BodyInit,
		headers: { "Content-Type": "application/x-protobuf", ...headers },
	});
	expect(response.headers.get("content-type")).toBe("application/x-protobuf");
	return { status: response.status, rpc: decodeStatus(Buffer.from(await response.arrayBuffer())) };
}

describe("400", () => {
	it.each([
		["text after a value", `{"resourceSpans": [${JSON.stringify(SECRET)} oops`, /position \d+ \(line 1, column \d+\)/],
		["the second line", `{\n"resourceSpans": }`, /line 2/],
		["a list", "[]", /body must be an object/],
		["a container of the wrong shape", '{"resourceSpans":{}}', /resourceSpans must be a list/],
		[
			"a deeper one",
			'{"resourceSpans":[{"scopeSpans":[{"spans":7}]}]}',
			/resourceSpans\[0\]\.scopeSpans\[0\]\.spans must be/,
		],
		["a resource", '{"resourceSpans":[{"resource":[]}]}', /resourceSpans\[0\]\.resource must be an object/],
	])("JSON: %s is told with its place", async (_, body, place) => {
		const { status, body: error } = await sendJson(body);
		expect(status).toBe(400);
		expect(error).toEqual({
			error: "Bad Request",
			message: expect.stringMatching(place),
			timestamp: expect.any(String),
		});
		expect(error.message).toMatch(/^Malformed (request )?body/);
		expect(Number.isNaN(Date.parse(error.timestamp))).toBe(false);
		expect(JSON.stringify(error)).not.toContain(SECRET);
	});

	it("protobuf: bytes that are no message get a google.rpc.Status with offset", async () => {
		const { status, rpc } = await sendProtobuf(Buffer.from(`{"resourceSpans": ["${SECRET}"]}`));
		expect(status).toBe(400);
		expect(rpc.code).toBe(INVALID_ARGUMENT);
		expect(rpc.message).toMatch(/^Malformed OTLP protobuf body at byte \d+/);
		expect(rpc.message).not.toContain(SECRET);
	});

	it("protobuf: a length that lies inside a span names the span", async () => {
		// resource_spans > scope_spans > spans, whose trace id claims 127 bytes.
		const { status, rpc } = await sendProtobuf(Buffer.from([0x0a, 6, 0x12, 4, 0x12, 2, 0x0a, 0x7f]));
		expect(status).toBe(400);
		expect(rpc.message).toMatch(/at byte 8 in resource_spans\[0\]\.scope_spans\[0\]\.spans\[0\]/);
	});

	it("protobuf: a body cut off on the way is refused as a whole and not quoted", async () => {
		const whole = encodeOtlp(otlpRequest([llmSpan({ attributes: attributes({ input: SECRET.repeat(20) }) })]));
		const { status, rpc } = await sendProtobuf(whole.subarray(0, whole.length - 100));
		expect(status).toBe(400);
		expect(rpc.message).toMatch(/at byte \d+/);
		expect(rpc.message).not.toContain(SECRET);
	});

	it.each(["gzip", "deflate"])("a body that is not %s although it says so", async (encoding) => {
		const { status, body } = await sendJson(JSON.stringify(otlpRequest([llmSpan()])), { "Content-Encoding": encoding });
		expect(status).toBe(400);
		expect(body.message).toContain(encoding);
	});

	it("stores nothing of a refused request", async () => {
		const sent = llmSpan();
		const body = JSON.stringify(otlpRequest([sent]));
		expect((await sendJson(`${body.slice(0, -1)},"resourceSpans":7}`)).status).toBe(400);
		expect((await call(url, `/api/v1/traces/${sent.traceId}`)).status).toBe(404);
	});
});

describe("413", () => {
	it("a body over the limit", async () => {
		const { status, body } = await sendJson(Buffer.alloc(16 * MIB + 1, " "));
		expect(status).toBe(413);
		expect(body).toMatchObject({ error: "Payload Too Large", message: expect.stringContaining(String(16 * MIB)) });
	});

	it("a small body that inflates over the limit, in both encodings", async () => {
		const bomb = gzipSync(Buffer.alloc(65 * MIB, " "));
		expect(bomb.length).toBeLessThan(MIB);
		expect((await sendJson(bomb, { "Content-Encoding": "gzip" })).status).toBe(413);
		const { status, rpc } = await sendProtobuf(bomb, { "Content-Encoding": "gzip" });
		expect(status).toBe(413);
		expect(rpc.message).toContain("inflated body");
	});
});

describe("415", () => {
	it.each(["text/plain", "application/x-www-form-urlencoded", "application/xml"])("Content-Type %s", async (type) => {
		const { status, body } = await sendJson("{}", { "Content-Type": type });
		expect(status).toBe(415);
		expect(body).toMatchObject({
			error: "Unsupported Media Type",
			message: expect.stringContaining("application/json"),
		});
	});

	it("no Content-Type", async () => {
		const response = await fetch(`${url}/api/v1/traces`, { method: "POST", body: Buffer.from("{}") as BodyInit });
		expect(response.status).toBe(415);
	});

	it("a Content-Encoding nobody knows, in both encodings", async () => {
		expect((await sendJson("{}", { "Content-Encoding": "br2" })).status).toBe(415);
		expect((await sendProtobuf(Buffer.alloc(0), { "Content-Encoding": "br2" })).status).toBe(415);
	});
});
