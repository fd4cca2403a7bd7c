import { randomBytes } from "node:crypto";
import * as zlib from "node:zlib";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { CONTENT_ENCODINGS } from "@/lib/http/inflate";
import { readBody, readIncoming } from "@/lib/http/read-body";
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

	// Small bodies are inflated at once, large ones beside the main thread, small ones that turn out large first one way, then
	// the other.
	it.each([
		["small", Buffer.from("spans ".repeat(100))],
		["large", Buffer.from(randomBytes(100_000).toString("hex"))],
		["small and unfolding into much", Buffer.alloc(2_000_000, "spans ")],
	])("undoes every encoding of a %s body exactly", async (_, bytes) => {
		const limits = { bodyBytesMax: 10_000_000, inflatedBytesMax: bytes.length };
		const packers: Record<string, (bytes: Buffer) => Buffer> = {
			gzip: gzipSync,
			"x-gzip": gzipSync,
			deflate: deflateSync,
			...("zstdCompressSync" in zlib && { zstd: zlib.zstdCompressSync }),
		};
		expect(Object.keys(packers)).toEqual(CONTENT_ENCODINGS);
		for (const [encoding, pack] of [...Object.entries(packers), ["deflate", deflateRawSync] as const]) {
			const packed = pack(bytes);
			const headers = { "Content-Encoding": encoding };
			expect((await readBody(request(packed, headers), limits)).equals(bytes), encoding).toBe(true);
			const tight = { ...limits, inflatedBytesMax: bytes.length - 1 };
			expect((await failure(() => readBody(request(packed, headers), tight))).code).toBe("payload_too_large");
			const cut = packed.subarray(0, packed.length >> 1);
			expect((await failure(() => readBody(request(cut, headers), limits))).code).toBe("invalid_input");
		}
	});

	it("keeps no more of a bomb than the limit, however far it would unfold", async () => {
		const bomb = gzipSync(Buffer.alloc(80_000_000));
		let held = 0;
		const limits = {
			bodyBytesMax: 10_000_000,
			inflatedBytesMax: 2_000_000,
			hold: (bytes: number) => {
				held += bytes;
			},
		};
		const { code } = await failure(() => readBody(request(bomb, { "Content-Encoding": "gzip" }), limits));
		expect(code).toBe("payload_too_large");
		expect(held).toBeLessThanOrEqual(bomb.length + 2_000_000);
	});

	it("stops when its owner holds too much, packed or unpacked", async () => {
		const hold = (bytes: number) => {
			if (bytes > 500) throw new AppError("unavailable", "enough");
		};
		const limits = { ...LIMITS, hold };
		expect((await readBody(request(Buffer.alloc(500)), limits)).length).toBe(500);
		for (const [body, headers] of [
			[Buffer.alloc(501), {}],
			[gzipSync(Buffer.alloc(501)), { "Content-Encoding": "gzip" }],
		] as const) {
			expect((await failure(() => readBody(request(body, headers), limits))).code).toBe("unavailable");
		}
	});
});

describe("readIncoming()", () => {
	it("takes a body that ends early for malformed, and says nothing of why", async () => {
		const body = {
			headers: new Headers(),
			read: async (take: (chunk: Uint8Array) => void) => {
				take(TEXT);
				throw new Error("read ECONNRESET secret");
			},
		};
		expect(await failure(() => readIncoming(body, LIMITS))).toMatchObject({
			code: "invalid_input",
			publicMessage: "Malformed request body: it ended before it was complete",
		});
	});
});
