import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors";
import type { Answer, Call } from "@/lib/receive/exchange";
import { type Admitted, receiveOtlp, type Taken } from "@/lib/receive/receive-otlp";
import { decodeExportResponse, decodeStatus } from "@/tests/support/otlp-answer";

// What every signal has in common, as plain data: no server, no framework. `lib/receive` over HTTP is the conformance table.

const JSON_HEADERS = { "Content-Type": "application/json" };
const PROTOBUF = "application/x-protobuf";
const PROTOBUF_HEADERS = { "Content-Type": PROTOBUF };
// The count of bytes that wait for ClickHouse, as the writer keeps it.
const shared = globalThis as typeof globalThis & { spanwiseInserts?: { held: number } };
const resource = { attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" };

function call(headers: Record<string, string>, { method = "POST", chunks = [] as string[] } = {}) {
	const given = { chunksRead: 0 };
	const made: Call = {
		method,
		allow: "OPTIONS, POST",
		headers: new Headers(headers),
		async read(take) {
			for (const chunk of chunks) {
				given.chunksRead += 1;
				take(Buffer.from(chunk));
			}
		},
	};
	return { made, given };
}

function outcome(overrides: Partial<Taken> = {}): Taken {
	return {
		counters: { acceptedSpans: 1, rejectedSpans: 0, traces: 1 },
		rejected: "rejectedSpans",
		rejections: [],
		warnings: [],
		...overrides,
	};
}

function ask(headers: Record<string, string>, take: (request: Admitted) => Promise<Taken> | Taken): Promise<Answer> {
	return receiveOtlp("traces", async (request) => take(request))(call(headers).made);
}

const bytes = ({ body }: Answer) => Buffer.from(body as Uint8Array);

beforeEach(() => {
	vi.spyOn(console, "error").mockImplementation(() => undefined);
	vi.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

describe("what a signal is given", () => {
	it("knows the encoding, the body, who sends and what the credentials name", async () => {
		let seen: Partial<Admitted> & { text?: string } = {};
		const { made } = call(
			{
				"Content-Type": "Application/JSON ; charset=UTF-8",
				"User-Agent": "x".repeat(500),
				Authorization: `Basic ${Buffer.from("shop:secret-key").toString("base64")}`,
			},
			{ chunks: ['{"resource', 'Spans":[]}'] },
		);
		await receiveOtlp("traces", async (request) => {
			seen = { ...request, text: (await request.body()).toString() };
			return outcome();
		})(made);
		expect(seen).toMatchObject({ encoding: "json", text: '{"resourceSpans":[]}', fallback: "shop" });
		expect(seen.sender).toHaveLength(120);
		expect(JSON.stringify(seen)).not.toContain("secret-key");
	});

	it("reads no body while ClickHouse takes no rows, and says when to come back", async () => {
		const { made, given } = call(JSON_HEADERS, { chunks: ["x"] });
		const receive = receiveOtlp("traces", async ({ body }) => {
			await body();
			return outcome();
		});
		const writer = shared.spanwiseInserts ?? { held: 0 };
		const held = writer.held;
		writer.held = Number.MAX_SAFE_INTEGER;
		const refused = await receive(made);
		writer.held = held;
		expect(refused).toMatchObject({ status: 503, headers: { "Retry-After": expect.stringMatching(/^[1-9]/) } });
		expect(given.chunksRead).toBe(0);
		expect((await receive(made)).status).toBe(200);
	});

	it("reads no body of a request that is refused anyway", async () => {
		const { made, given } = call({ "Content-Type": "text/plain" }, { chunks: ["x"] });
		expect((await receiveOtlp("traces", async () => outcome())(made)).status).toBe(415);
		expect(given.chunksRead).toBe(0);
	});
});

describe("a success", () => {
	it("is JSON with counters for JSON, nothing for protobuf, and headers for both", async () => {
		const json = await ask(JSON_HEADERS, () => outcome());
		expect(JSON.parse(json.body as string)).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
		const protobuf = await ask(PROTOBUF_HEADERS, () => outcome());
		expect([protobuf.status, protobuf.body.length]).toEqual([200, 0]);
		for (const answer of [json, protobuf]) {
			expect(answer.headers).toMatchObject({ "X-Spanwise-Accepted-Spans": "1", "X-Spanwise-Traces": "1" });
		}
	});

	it("tells what was cut as a warning with nothing rejected, in both encodings", async () => {
		const cut = outcome({ warnings: ["spans[0].attributes[input]: 4194304 of 9000000 bytes kept"] });
		const errorMessage = "spans[0].attributes[input]: 4194304 of 9000000 bytes kept";
		const json = await ask(JSON_HEADERS, () => cut);
		expect(JSON.parse(json.body as string).partialSuccess).toEqual({ rejectedSpans: "0", errorMessage });
		const protobuf = await ask(PROTOBUF_HEADERS, () => cut);
		expect(decodeExportResponse(bytes(protobuf))).toEqual({ rejectedSpans: 0, errorMessage });
	});

	it("counts rejections in the words of its signal", async () => {
		const rejections = [{ path: "logRecords[0]", reason: "traceId is missing", resource, sample: "" }];
		const answer = await ask(JSON_HEADERS, () => outcome({ counters: {}, rejected: "rejectedLogRecords", rejections }));
		expect(JSON.parse(answer.body as string)).toEqual({
			partialSuccess: { rejectedLogRecords: "1", errorMessage: "logRecords[0]: traceId is missing" },
		});
	});
});

describe("a failure", () => {
	it.each([
		["invalid_input", 400, 3],
		["payload_too_large", 413, 3],
		["rate_limited", 429, 8],
		["upstream_failed", 502, 14],
		["unavailable", 503, 14],
	] as const)("%s is %i, as google.rpc.Status %i in protobuf", async (code, status, rpc) => {
		const fail = () => {
			throw new AppError(code, "told", { retryAfterMs: 3000 });
		};
		const [json, protobuf] = [await ask(JSON_HEADERS, fail), await ask(PROTOBUF_HEADERS, fail)];
		expect([json.status, protobuf.status]).toEqual([status, status]);
		expect(JSON.parse(json.body as string)).toMatchObject({ message: "told", timestamp: expect.any(String) });
		expect(protobuf.headers["Content-Type"]).toBe(PROTOBUF);
		expect(decodeStatus(bytes(protobuf))).toEqual({ code: rpc, message: "told" });
		for (const { headers } of [json, protobuf]) {
			if (status !== 429 && status !== 503) expect(headers).not.toHaveProperty("Retry-After");
			else expect(["3", "4", "5"]).toContain(headers["Retry-After"]);
		}
	});

	it("does not call everybody back at the same second", async () => {
		const fail = () => {
			throw new AppError("unavailable", "down", { retryAfterMs: 5000 });
		};
		const answers = await Promise.all(Array.from({ length: 200 }, () => ask(JSON_HEADERS, fail)));
		const seconds = new Set(answers.map(({ headers }) => Number(headers["Retry-After"])));
		expect(seconds.size).toBeGreaterThan(1);
		expect(Math.min(...seconds)).toBeGreaterThanOrEqual(5);
		expect(Math.max(...seconds)).toBeLessThanOrEqual(8);
	});

	it("nobody foresaw is 500 and quotes nothing", async () => {
		const answer = await ask(JSON_HEADERS, () => {
			throw new TypeError("my secret prompt");
		});
		expect(answer.status).toBe(500);
		expect(answer.body).not.toContain("secret");
		expect(vi.mocked(console.error).mock.calls.join()).not.toContain("secret");
	});

	it("gives back what it held: a thousand failed bodies do not fill the memory that is granted", async () => {
		const body = "x".repeat(1024 * 1024);
		for (let time = 0; time < 1000; time++) {
			const { made } = call(JSON_HEADERS, { chunks: [body] });
			const answer = await receiveOtlp("traces", async (request) => {
				await request.body();
				throw new AppError("invalid_input", "no");
			})(made);
			expect(answer.status).toBe(400);
		}
	});
});

describe("other methods", () => {
	it.each(["GET", "HEAD", "PUT", "DELETE"])("%s is 405 and told which there are", async (method) => {
		const answer = await receiveOtlp("traces", async () => outcome())(call({}, { method }).made);
		expect(answer).toMatchObject({ status: 405, headers: { Allow: "OPTIONS, POST" } });
		expect(JSON.parse(answer.body as string).message).toContain("OPTIONS, POST");
	});

	it("OPTIONS says which methods there are, and nothing of other origins while the setting is off", async () => {
		const { made } = call(
			{ Origin: "https://app.example.com", "Access-Control-Request-Method": "POST" },
			{ method: "OPTIONS" },
		);
		expect(await receiveOtlp("traces", async () => outcome())(made)).toEqual({
			status: 204,
			headers: { Allow: "OPTIONS, POST" },
			body: "",
		});
	});
});
