import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as zlib from "node:zlib";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomHex } from "@/lib/ids";
import { type App, startApp } from "@/tests/support/app-server";
import { launchBrowser } from "@/tests/support/browser";
import { DOORS } from "@/tests/support/doors";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { llmSpan } from "@/tests/support/llm-span";
import { decodeExportResponse, decodeStatus } from "@/tests/support/otlp-answer";
import { attributes, type OtlpRequest, otlpRequest } from "@/tests/support/otlp-request";
import { mustCall, type SpanView } from "@/tests/support/rest-client";

// What Spanwise promises to OTLP/HTTP senders, as a table: each row is sent in JSON and in protobuf (`only` names one of them),
// through the front door and through the routes behind it. Below the table is how a row is read.

const MIB = 1024 * 1024;
const APP = "https://app.example.com";
const ON_THE_LIST = { Origin: APP };
const NOT_ON_THE_LIST = { Origin: "https://evil.example" };
const preflight = (headers: string) => ({
	"Access-Control-Request-Method": "POST",
	"Access-Control-Request-Headers": headers,
});
const packed = (encoding: string) => ({ "Content-Encoding": encoding });
const typed = (type: string | null) => ({ "Content-Type": type });
const key = (authorization: string | null) => ({ Authorization: authorization });
const value = (anyValue: unknown) => () => ({ attributes: [{ key: "k", value: anyValue }] });
const manySpans = (count: number) => () =>
	otlpRequest(Array.from({ length: count }, () => llmSpan({ attributes: [] })));

// biome-ignore format: a table
const TABLE: Record<string, Row[]> = {
	"content types": [
		{ sent: "the plain type", status: 200, answer: { accepted: 1 } },
		{ sent: "a parameter", only: "json", headers: typed("application/json; charset=utf-8"), status: 200, answer: { accepted: 1 } },
		{ sent: "a parameter", only: "protobuf", headers: typed("application/x-protobuf;proto=x"), status: 200, answer: { accepted: 1 } },
		{ sent: "capitals", only: "json", headers: typed("Application/JSON"), status: 200, answer: { accepted: 1 } },
		{ sent: "capitals", only: "protobuf", headers: typed("APPLICATION/X-PROTOBUF"), status: 200, answer: { accepted: 1 } },
		{ sent: "the type without x-", only: "protobuf", headers: typed("application/protobuf"), status: 200, answer: { accepted: 1 } },
		{ sent: "Accept: application/json", headers: { Accept: "application/json" }, status: 200, answer: { accepted: 1, in: "json" } },
		{ sent: "another type", headers: typed("text/plain"), status: 415, answer: { says: /application\/json/, in: "json" } },
		{ sent: "no type", headers: typed(null), status: 415, answer: { says: /application\/json/, in: "json" } },
	],
	"content encodings": [
		{ sent: "identity", headers: packed("identity"), status: 200, answer: { accepted: 1 } },
		{ sent: "gzip", body: gzipSync, headers: packed("gzip"), status: 200, answer: { accepted: 1 } },
		{ sent: "gzip in capitals", body: gzipSync, headers: packed(" GZIP "), status: 200, answer: { accepted: 1 } },
		{ sent: "x-gzip", body: gzipSync, headers: packed("x-gzip"), status: 200, answer: { accepted: 1 } },
		{ sent: "deflate, with zlib's header", body: deflateSync, headers: packed("deflate"), status: 200, answer: { accepted: 1 } },
		{ sent: "deflate, raw", body: deflateRawSync, headers: packed("deflate"), status: 200, answer: { accepted: 1 } },
		"zstdCompressSync" in zlib
			? { sent: "zstd", body: zlib.zstdCompressSync, headers: packed("zstd"), status: 200, answer: { accepted: 1 } }
			: { sent: "zstd, which this Node cannot read", headers: packed("zstd"), status: 415, answer: { says: /gzip/, rpc: 3 } },
		{ sent: "br, which no exporter sends", headers: packed("br"), status: 415, answer: { says: /gzip/, rpc: 3 } },
		{ sent: "two encodings", body: (b) => gzipSync(gzipSync(b)), headers: packed("gzip, gzip"), status: 415, answer: { rpc: 3 } },
		{ sent: "what is not gzip", headers: packed("gzip"), status: 400, answer: { says: /not valid gzip data/, rpc: 3 } },
		{ sent: "gzip that is cut off", body: (b) => gzipSync(b).subarray(0, -9), headers: packed("gzip"), status: 400, answer: { says: /gzip/, rpc: 3 } },
	],
	bodies: [
		{ sent: "no bytes at all", body: () => Buffer.alloc(0), status: 200, answer: { accepted: 0 } },
		{ sent: "no bytes, said to be gzip", body: () => Buffer.alloc(0), headers: packed("gzip"), status: 200, answer: { accepted: 0 } },
		{ sent: "gzip of no bytes", body: () => gzipSync(""), headers: packed("gzip"), status: 200, answer: { accepted: 0 } },
		{ sent: "no resource", request: () => ({ resourceSpans: [] }), status: 200, answer: { accepted: 0 } },
		{ sent: "a resource without scopes", request: () => ({ resourceSpans: [{}] }), status: 200, answer: { accepted: 0 } },
		{ sent: "a scope without spans", request: () => ({ resourceSpans: [{ scopeSpans: [{}] }] }), status: 200, answer: { accepted: 0 } },
		{ sent: "unknown fields", only: "json", span: () => ({ later: { a: [1] } }), status: 200, answer: { accepted: 1 } },
		{ sent: "unknown fields", only: "protobuf", body: (b) => Buffer.concat([b, Buffer.from([0xfa, 0x3f, 2, 1, 1])]), status: 200, answer: { accepted: 1 } },
		{ sent: "names in snake_case", only: "json", request: ({ traceId, spanId }) => ({ resource_spans: [{ scope_spans: [{ spans: [{ trace_id: traceId, span_id: spanId, name: "snake" }] }] }] }), status: 200, stored: { name: "snake" } },
		{ sent: "pieces of unknown length", chunked: true, status: 200, answer: { accepted: 1 } },
		{ sent: "what is not JSON", only: "json", body: () => Buffer.from("{oops"), status: 400, answer: { says: /^Malformed .* position \d/ } },
		{ sent: "what is not protobuf", only: "protobuf", body: () => Buffer.from("{oops"), status: 400, answer: { says: /^Malformed .* at byte \d/, rpc: 3 } },
		{ sent: "a body that is cut off", body: (b) => b.subarray(0, -5), status: 400, answer: { says: /^Malformed/, rpc: 3 } },
		{ sent: "JSON of the wrong shape", only: "json", request: () => ({ resourceSpans: {} }), status: 400, answer: { says: /resourceSpans must be a list/ } },
		{ sent: "the body of another signal", only: "json", request: () => ({ resourceLogs: [] }), status: 400, answer: { says: /\/v1\/logs/ } },
	],
	ids: [
		{ sent: "hex", span: ({ traceId, spanId }) => ({ traceId, spanId }), status: 200, stored: {} },
		{ sent: "hex in capitals", only: "json", span: ({ traceId, spanId }) => ({ traceId: traceId.toUpperCase(), spanId: spanId.toUpperCase() }), status: 200, stored: {} },
		{ sent: "base64", only: "json", span: ({ traceId, spanId }) => ({ traceId: base64(traceId), spanId: base64(spanId) }), status: 200, stored: {} },
		{ sent: "a trace id of 64 bits", span: ({ traceId }) => ({ traceId: traceId.slice(16) }), status: 200, answer: { accepted: 1 } },
		{ sent: "an empty parent, which is none", span: () => ({ parentSpanId: "" }), status: 200, stored: { parentSpanId: null } },
		{ sent: "a parent of zeros, which is none", span: () => ({ parentSpanId: "0".repeat(16) }), status: 200, stored: { parentSpanId: null } },
	],
	"kinds, status and times": [
		{ sent: "a kind as integer", span: () => ({ kind: 3 }), status: 200, stored: { kind: "SPAN_KIND_CLIENT" } },
		{ sent: "a kind by name", only: "json", span: () => ({ kind: "SPAN_KIND_CLIENT" }), status: 200, stored: { kind: "SPAN_KIND_CLIENT" } },
		{ sent: "a kind nobody knows", span: () => ({ kind: 99 }), status: 200, stored: { kind: null } },
		{ sent: "a status as integer", span: () => ({ status: { code: 2, message: "no" } }), status: 200, stored: { statusCode: "STATUS_CODE_ERROR", statusMessage: "no" } },
		{ sent: "a status by name", only: "json", span: () => ({ status: { code: "STATUS_CODE_ERROR" } }), status: 200, stored: { statusCode: "STATUS_CODE_ERROR" } },
		{ sent: "nanoseconds as text", span: () => ({ startTimeUnixNano: "1790000000123456789" }), status: 200, stored: { startTimeUnixNano: "1790000000123456789" } },
		{ sent: "nanoseconds as number", only: "json", span: () => ({ startTimeUnixNano: 1790000000123456000 }), status: 200, stored: { startTimeUnixNano: expect.stringMatching(/^1790000000123456/) } },
		{ sent: "no times", span: () => ({ startTimeUnixNano: undefined, endTimeUnixNano: undefined }), status: 200, stored: { startTimeUnixNano: null, endTimeUnixNano: null } },
	],
	values: [
		{ sent: "text", span: value({ stringValue: "Grüße 世界 👋" }), status: 200, stored: { attributes: { k: "Grüße 世界 👋" } } },
		{ sent: "true", span: value({ boolValue: true }), status: 200, stored: { attributes: { k: true } } },
		{ sent: "an integer as text", span: value({ intValue: "42" }), status: 200, stored: { attributes: { k: 42 } } },
		{ sent: "an integer as number", only: "json", span: value({ intValue: 42 }), status: 200, stored: { attributes: { k: 42 } } },
		{ sent: "an integer of 64 bits", span: value({ intValue: "9223372036854775807" }), status: 200, stored: { attributes: { k: "9223372036854775807" } } },
		{ sent: "a double", span: value({ doubleValue: 0.25 }), status: 200, stored: { attributes: { k: 0.25 } } },
		{ sent: "a double as text", only: "json", span: value({ doubleValue: "0.25" }), status: 200, stored: { attributes: { k: 0.25 } } },
		{ sent: "bytes", span: value({ bytesValue: "AP/+gA==" }), status: 200, stored: { attributes: { k: "AP/+gA==" } } },
		{ sent: "a list", span: value({ arrayValue: { values: [{ stringValue: "a" }, { intValue: "1" }, {}] } }), status: 200, stored: { attributes: { k: ["a", 1, null] } } },
		{ sent: "a map", span: value({ kvlistValue: { values: [{ key: "a", value: { boolValue: false } }] } }), status: 200, stored: { attributes: { k: { a: false } } } },
		{ sent: "nothing", span: value({}), status: 200, stored: { attributes: { k: null } } },
		{ sent: "a key twice, of which the last counts", span: () => ({ attributes: [...attributes({ k: 1 }), ...attributes({ k: 2 })] }), status: 200, stored: { attributes: { k: 2 } } },
	],
	"partial success": [
		{ sent: "good spans only", request: manySpans(3), status: 200, answer: { accepted: 3, rejected: 0, says: null } },
		{ sent: "a span without id", request: () => otlpRequest([llmSpan(), llmSpan({ spanId: "" })]), status: 200, answer: { accepted: 1, rejected: 1, says: /spans\[1\]: spanId is missing$/ } },
		{ sent: "an id of zeros", request: () => otlpRequest([llmSpan(), llmSpan({ traceId: "0".repeat(32) })]), status: 200, answer: { accepted: 1, rejected: 1, says: /spans\[1\]: traceId/ } },
		{ sent: "an id of the wrong length", request: () => otlpRequest([llmSpan(), llmSpan({ spanId: "abcd" })]), status: 200, answer: { accepted: 1, rejected: 1, says: /spans\[1\]: spanId/ } },
		{ sent: "the same mistake often, told once", request: () => otlpRequest([llmSpan(), ...Array.from({ length: 50 }, () => llmSpan({ name: "" }))]), status: 200, answer: { accepted: 1, rejected: 50, says: /^\S+spans\[1\]: name is missing \(50 times\)$/ } },
		{ sent: "only spans without any id", request: () => otlpRequest([{ name: "a" }, { name: "b" }]), status: 400, answer: { says: /\/v1\/logs/, rpc: 3 } },
	],
	limits: [
		{ sent: "16 MiB and one byte", body: () => Buffer.alloc(16 * MIB + 1, " "), status: 413, answer: { says: /body is larger than 16777216 bytes/, rpc: 3 } },
		{ sent: "the same in pieces of unknown length", body: () => Buffer.alloc(16 * MIB + 1, " "), chunked: true, status: 413, answer: { says: /body is larger than 16777216 bytes/, rpc: 3 } },
		{ sent: "64 KiB that unfold into 65 MiB", body: () => gzipSync(Buffer.alloc(65 * MIB, " ")), headers: packed("gzip"), status: 413, answer: { says: /inflated body is larger than 67108864 bytes/, rpc: 3 } },
		{ sent: "50,001 spans", request: manySpans(50_001), body: gzipSync, headers: packed("gzip"), status: 413, answer: { says: /50,?000/, rpc: 3 } },
		{ sent: "a text of 5 MiB, cut", span: () => ({ attributes: attributes({ k: "x".repeat(5 * MIB) }) }), status: 200, answer: { accepted: 1, rejected: 0, says: /spans\[0\].*4194304/ } },
		{ sent: "16,385 attributes, one dropped", span: () => ({ attributes: attributes(Object.fromEntries(Array.from({ length: 16_385 }, (_, i) => [`k${i}`, 1]))) }), status: 200, answer: { accepted: 1, rejected: 0, says: /spans\[0\].*16384/ } },
		{ sent: "a list 300 deep, cut", span: () => ({ attributes: [{ key: "k", value: nested(300) }] }), status: 200, answer: { accepted: 1, rejected: 0, says: /spans\[0\].*256/ } },
	],
	keys: [
		{ sent: "none", headers: key(null), status: 401, answer: { says: /Invalid or missing API key/, rpc: 16 } },
		{ sent: "a wrong one", headers: key("Bearer wrong"), status: 401, answer: { says: /Invalid or missing API key/, rpc: 16 } },
		{ sent: "a wrong one, with a body that is never read", headers: key("Bearer wrong"), body: () => Buffer.alloc(17 * MIB), status: 401, answer: { rpc: 16 } },
		{ sent: "the password of Basic", headers: key(`Basic ${base64(Buffer.from("any:the-key").toString("hex"))}`), status: 200, answer: { accepted: 1 } },
	],
	methods: [
		{ sent: "GET", method: "GET", path: "/v1/logs", status: 405, answer: { headers: { allow: "OPTIONS, POST" } } },
		{ sent: "HEAD", method: "HEAD", path: "/v1/logs", status: 405, answer: { headers: { allow: "OPTIONS, POST" }, in: "nothing" } },
		{ sent: "PUT", method: "PUT", path: "/v1/metrics", status: 405, answer: { headers: { allow: "OPTIONS, POST" } } },
		{ sent: "DELETE", method: "DELETE", path: "/v1/traces", status: 405, answer: { headers: { allow: "OPTIONS, POST" } } },
		{ sent: "OPTIONS", method: "OPTIONS", headers: key(null), status: 204, answer: { headers: { allow: "OPTIONS, POST" }, in: "nothing" } },
		{ sent: "OPTIONS where GET is something else", method: "OPTIONS", path: "/api/v1/traces", status: 204, answer: { headers: { allow: "GET, HEAD, OPTIONS, POST" }, in: "nothing" } },
	],
	"pages of other origins": [
		{ sent: "a preflight of a listed origin", method: "OPTIONS", headers: { ...key(null), ...ON_THE_LIST, ...preflight("authorization, content-type, x-spanwise-project") }, status: 204, answer: { headers: { "access-control-allow-origin": APP, "access-control-allow-methods": "POST", "access-control-allow-headers": /content-type.*x-spanwise-project/, "access-control-max-age": "7200", vary: /Origin/ }, in: "nothing" } },
		{ sent: "a preflight of another origin", method: "OPTIONS", headers: { ...key(null), ...NOT_ON_THE_LIST, ...preflight("content-type") }, status: 204, answer: { headers: { "access-control-allow-origin": null, "access-control-allow-headers": null, vary: /Origin/ }, in: "nothing" } },
		{ sent: "spans of a listed origin", headers: ON_THE_LIST, status: 200, answer: { accepted: 1, headers: { "access-control-allow-origin": APP, "access-control-expose-headers": /X-Spanwise-Accepted-Spans/, vary: /Origin/ } } },
		{ sent: "spans of another origin", headers: NOT_ON_THE_LIST, status: 200, answer: { accepted: 1, headers: { "access-control-allow-origin": null } } },
		{ sent: "a failure, which the page may read", headers: { ...ON_THE_LIST, ...key("Bearer wrong") }, status: 401, answer: { rpc: 16, headers: { "access-control-allow-origin": APP } } },
		{ sent: "no page at all", status: 200, answer: { accepted: 1, headers: { "access-control-allow-origin": null, "access-control-allow-credentials": null } } },
	],
	paths: [
		...["/v1/traces", "/api/v1/traces", "/api/public/otel/v1/traces"].map((path): Row => ({ sent: path, path, status: 200, answer: { accepted: 1 } })),
		...["/v1/logs", "/api/v1/logs", "/api/public/otel/v1/logs"].map((path): Row => ({ sent: `nothing to ${path}`, path, body: () => Buffer.alloc(0), status: 200, answer: { headers: { "x-spanwise-accepted-log-records": "0" } } })),
		...["/v1/metrics", "/api/v1/metrics", "/api/public/otel/v1/metrics"].map((path): Row => ({ sent: `anything to ${path}`, path, body: () => Buffer.from("{}"), status: 200, answer: { says: null } })),
		{ sent: "metrics of another type", path: "/v1/metrics", headers: typed("text/plain"), status: 415, answer: { in: "json" } },
		{ sent: "metrics without a key", path: "/v1/metrics", headers: key(null), status: 401, answer: { rpc: 16 } },
	],
};

type Encoding = "json" | "protobuf";
type Ids = { traceId: string; spanId: string };

interface Row {
	/** What is sent, as a person would say it. */
	sent: string;
	/** The one encoding that the row is about. */
	only?: Encoding;
	/** Fields of the one span, over those of a valid one. */
	span?: (ids: Ids) => object;
	/** The whole request instead. */
	request?: (ids: Ids) => object;
	/** The bytes on the wire out of the encoded request. */
	body?: (encoded: Buffer) => Buffer;
	/** Without Content-Length. */
	chunked?: boolean;
	method?: string;
	path?: string;
	/** Over those of a sender with type and key; null leaves one out. */
	headers?: Record<string, string | null>;
	status: number;
	answer?: Expected;
	/** Fields of the stored span; `{}` asks that it is there, under its ids. */
	stored?: object;
}

interface Expected {
	accepted?: number;
	rejected?: number;
	/** The message of a partial success or a failure; null asks for none. */
	says?: RegExp | null;
	/** google.rpc.Code of a failure in protobuf. */
	rpc?: number;
	/** The language of the answer, when it is not the sender's. */
	in?: "json" | "nothing";
	headers?: Record<string, string | RegExp | null>;
}

const KEY = "the-key";
const TYPES: Record<Encoding, string> = { json: "application/json", protobuf: "application/x-protobuf" };

function base64(hex: string): string {
	return Buffer.from(hex, "hex").toString("base64");
}

function nested(depth: number): object {
	return depth === 0 ? { stringValue: "deep" } : { arrayValue: { values: [nested(depth - 1)] } };
}

function bodyOf(row: Row, encoding: Encoding, ids: Ids): Buffer {
	const request = row.request?.(ids) ?? otlpRequest([{ ...llmSpan(ids), ...row.span?.(ids) }]);
	const encoded = encoding === "json" ? Buffer.from(JSON.stringify(request)) : encodeOtlp(request as OtlpRequest);
	return row.body ? row.body(encoded) : encoded;
}

async function send(url: string, row: Row, encoding: Encoding, ids: Ids) {
	const given = { "Content-Type": TYPES[encoding], Authorization: `Bearer ${KEY}`, ...row.headers };
	const headers = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== null);
	const bodiless = row.method === "GET" || row.method === "HEAD";
	const bytes = bodiless ? null : bodyOf(row, encoding, ids);
	// Making a large body takes so long that kept connections may be closed by now: let the client see it.
	await new Promise((resolve) => setTimeout(resolve, 5));
	const init: RequestInit & { duplex: "half" } = {
		method: row.method ?? "POST",
		headers,
		body: (row.chunked && bytes ? new Blob([bytes as BlobPart]).stream() : bytes) as BodyInit | null,
		duplex: "half",
	};
	const response = await fetch(`${url}${row.path ?? "/v1/traces"}`, init);
	return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

type Received = Awaited<ReturnType<typeof send>>;

/** The message of an answer, or null, in whatever language it is; and its google.rpc.Code where it has one. */
function read({ status, headers, body }: Received): { says: string | null; rpc?: number; rejected?: number } {
	if (headers.get("content-type") === TYPES.protobuf) {
		if (status !== 200) {
			const { code, message } = decodeStatus(body);
			return { says: message, rpc: code };
		}
		const partial = decodeExportResponse(body);
		expect(partial === null ? body.length : 0).toBe(0);
		return { says: partial?.errorMessage ?? null, rejected: partial?.rejectedSpans ?? 0 };
	}
	if (body.length === 0) return { says: null };
	const view = JSON.parse(body.toString());
	if (status === 200) {
		const { partialSuccess: partial } = view;
		return { says: partial?.errorMessage ?? null, rejected: Number(partial?.rejectedSpans ?? 0) };
	}
	expect(view).toEqual({ error: expect.any(String), message: expect.any(String), timestamp: expect.any(String) });
	return { says: view.message };
}

function check(answer: Received, encoding: Encoding, row: Row): void {
	const expected = row.answer ?? {};
	expect(answer.status, answer.body.toString()).toBe(row.status);
	const told = read(answer);
	const language = expected.in ?? (row.status === 405 ? "json" : encoding);
	if (language === "nothing") expect(answer.body).toHaveLength(0);
	else expect(answer.headers.get("content-type")).toBe(TYPES[language]);
	if (expected.accepted !== undefined) {
		expect(answer.headers.get("x-spanwise-accepted-spans")).toBe(String(expected.accepted));
		if (language === "json") expect(JSON.parse(answer.body.toString()).acceptedSpans).toBe(expected.accepted);
	}
	if (expected.rejected !== undefined) {
		expect(answer.headers.get("x-spanwise-rejected-spans")).toBe(String(expected.rejected));
		expect(told.rejected).toBe(expected.rejected);
	}
	if (expected.says === null) expect(told.says).toBeNull();
	else if (expected.says) expect(told.says).toMatch(expected.says);
	if (expected.rpc !== undefined && language === "protobuf") expect(told.rpc).toBe(expected.rpc);
	for (const [name, wanted] of Object.entries(expected.headers ?? {})) {
		if (wanted instanceof RegExp) expect(answer.headers.get(name), name).toMatch(wanted);
		else expect(answer.headers.get(name), name).toBe(wanted);
	}
}

async function storedSpan(url: string, { traceId, spanId }: Ids): Promise<SpanView | undefined> {
	const headers = { Authorization: `Bearer ${KEY}` };
	const trace = await mustCall<{ spans: SpanView[] }>(url, `/api/v1/traces/${traceId}`, { headers });
	return trace.spans.find((span) => span.spanId === spanId);
}

describe.each(DOORS)("OTLP/HTTP through $door", ({ env, frame }) => {
	let app: App;
	let site: Site;
	beforeAll(async () => {
		site = await openSite();
		const origins = `${APP},${site.listed}`;
		app = await startApp({ env: { ...env, SPANWISE_API_KEY: KEY, SPANWISE_CORS_ORIGINS: origins } });
	});
	afterAll(async () => {
		await app?.stop();
		await site?.close();
	});

	it("is answered by nobody else", async () => {
		const ids = { traceId: randomHex(16), spanId: randomHex(8) };
		const answer = await send(app.url, { sent: "", status: 200 }, "json", ids);
		expect([answer.status, answer.headers.get("x-frame-options")]).toEqual([200, frame]);
		expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
	});

	describe.each(Object.entries(TABLE))("%s", (_, rows) => {
		const cases = rows.flatMap((row) =>
			(["json", "protobuf"] as const)
				.filter((encoding) => row.only === undefined || row.only === encoding)
				.map((encoding) => [`${encoding}: ${row.sent} -> ${row.status}`, encoding, row] as const),
		);

		it.each(cases)("%s", async (_title, encoding, row) => {
			const ids = { traceId: randomHex(16), spanId: randomHex(8) };
			check(await send(app.url, row, encoding, ids), encoding, row);
			if (row.stored) expect(await storedSpan(app.url, ids)).toMatchObject(row.stored);
		});
	});

	it("serves a real page of a listed origin, whatever the answer, and no page of another", async () => {
		const browser = await launchBrowser();
		try {
			const page = await browser.open();
			const exported = (authorization: string) =>
				page.evaluate(exportFromPage, {
					url: `${app.url}/v1/traces`,
					headers: { "Content-Type": "application/json", Authorization: authorization, "X-Spanwise-Page": "1" },
					body: JSON.stringify(otlpRequest([llmSpan()])),
				});
			await page.goto(site.listed);
			expect(await exported(`Bearer ${KEY}`)).toMatchObject({ status: 200, counter: "1" });
			expect(await exported("Bearer wrong")).toMatchObject({ status: 401, text: expect.stringContaining("API key") });
			await page.goto(site.other);
			expect(await exported(`Bearer ${KEY}`)).toBe("refused by the browser");
		} finally {
			await browser.close();
		}
	});
});

interface Site {
	listed: string;
	/** The same pages by another name, which is another origin. */
	other: string;
	close(): Promise<void>;
}

/** An empty page. */
async function openSite(): Promise<Site> {
	const server: Server = createServer((_, response) => {
		response.writeHead(200, { "Content-Type": "text/html" }).end("<title>an application</title>");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		listed: `http://127.0.0.1:${port}`,
		other: `http://localhost:${port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Runs in the page: what its script sees of an answer. */
async function exportFromPage({ url, ...init }: { url: string; headers: Record<string, string>; body: string }) {
	try {
		const response = await fetch(url, { method: "POST", ...init });
		const counter = response.headers.get("X-Spanwise-Accepted-Spans");
		return { status: response.status, counter, text: await response.text() };
	} catch {
		return "refused by the browser";
	}
}
