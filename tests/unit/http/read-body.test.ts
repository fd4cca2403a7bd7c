import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readBody } from "@/lib/http/read-body";
import { failure } from "@/tests/support/failure";

const LIMITS = { bodyBytesMax: 1000, inflatedBytesMax: 5000 };
const TEXT = Buffer.from("spans ".repeat(20));

function request(body: Uint8Array | ReadableStream | null, headers: Record<string, string> = {}): Request {
	const init: RequestInit & { duplex: "half" } = {
		method: "POST",
		body: body as BodyInit | null,
		headers,
		duplex: "half",
	};
	return new Request("http://localhost/v1/traces", init);
}

function read(body: Uint8Array | ReadableStream | null, encoding?: string): Promise<Buffer> {
	return readBody(request(body, encoding === undefined ? {} : { "Content-Encoding": encoding }), LIMITS);
}

function endless(): { stream: ReadableStream; pulled: () => number } {
	let pulled = 0;
	const stream = new ReadableStream(
		{
			pull(controller) {
				pulled += 1;
				controller.enqueue(new Uint8Array(100));
			},
		},
		{ highWaterMark: 0 },
	);
	return { stream, pulled: () => pulled };
}

describe("readBody()", () => {
	it("gives the bytes as they are without an encoding, in any case and with blanks around", async () => {
		for (const encoding of [undefined, "identity", " Identity "]) expect(await read(TEXT, encoding)).toEqual(TEXT);
		expect(await read(null)).toHaveLength(0);
	});

	it("undoes gzip and deflate, with and without zlib's header", async () => {
		expect(await read(gzipSync(TEXT), "gzip")).toEqual(TEXT);
		expect(await read(gzipSync(TEXT), "X-GZIP")).toEqual(TEXT);
		expect(await read(deflateSync(TEXT), "deflate")).toEqual(TEXT);
		expect(await read(deflateRawSync(TEXT), "deflate")).toEqual(TEXT);
	});

	it("takes an empty body for empty, whatever its encoding", async () => {
		expect(await read(Buffer.alloc(0), "gzip")).toHaveLength(0);
	});

	it("refuses an unknown encoding, object members among them", async () => {
		for (const encoding of ["br", "compress", "gzip, gzip", "constructor", "__proto__", "x".repeat(500)]) {
			const error = await failure(() => read(TEXT, encoding));
			expect(error.code).toBe("unsupported_media");
			expect(error.publicMessage.length).toBeLessThan(120);
		}
	});

	it("refuses data that is not what it says", async () => {
		for (const encoding of ["gzip", "deflate"]) {
			expect(await failure(() => read(Buffer.from("secret prompt"), encoding))).toMatchObject({
				code: "invalid_input",
				publicMessage: `Malformed request body: it is not valid ${encoding} data`,
			});
		}
		expect((await failure(() => read(gzipSync(TEXT).subarray(0, -5), "gzip"))).code).toBe("invalid_input");
	});

	it("accepts a body of exactly the limit and refuses one byte more", async () => {
		expect(await read(Buffer.alloc(1000))).toHaveLength(1000);
		expect(await failure(() => read(Buffer.alloc(1001)))).toMatchObject({
			code: "payload_too_large",
			publicMessage: "The body is larger than 1000 bytes",
		});
	});

	it("refuses a declared length over the limit before reading", async () => {
		const { stream, pulled } = endless();
		const declared = request(stream, { "Content-Length": "1001" });
		expect((await failure(() => readBody(declared, LIMITS))).code).toBe("payload_too_large");
		expect(pulled()).toBe(0);
	});

	it("stops reading an endless body once it is over the limit", async () => {
		const { stream, pulled } = endless();
		expect((await failure(() => read(stream))).code).toBe("payload_too_large");
		expect(pulled()).toBeLessThanOrEqual(12);
	});

	it("refuses a small body that inflates beyond the limit", async () => {
		const bomb = Buffer.alloc(200_000);
		for (const [encoding, pack] of [
			["gzip", gzipSync],
			["deflate", deflateSync],
			["deflate", deflateRawSync],
		] as const) {
			const packed = pack(bomb);
			expect(packed.length).toBeLessThan(1000);
			expect(await failure(() => read(packed, encoding))).toMatchObject({
				code: "payload_too_large",
				publicMessage: "The inflated body is larger than 5000 bytes",
			});
		}
		expect(await read(gzipSync(Buffer.alloc(5000)), "gzip")).toHaveLength(5000);
	});
});
