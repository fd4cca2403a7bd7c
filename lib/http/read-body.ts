import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { AppError, invalidInput } from "@/lib/errors";

interface Limits {
	/** As received. */
	bodyBytesMax: number;
	/** After decompression. */
	inflatedBytesMax: number;
}

type Inflate = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflaters: Record<string, Inflate | undefined> = {
	gzip: promisify(zlib.gunzip) as Inflate,
	"x-gzip": promisify(zlib.gunzip) as Inflate,
	deflate: inflateEither,
	zstd: "zstdDecompress" in zlib ? (promisify(zlib.zstdDecompress) as Inflate) : undefined,
};

/**
 * Reads a request's body within limits and undoes its Content-Encoding (gzip, deflate, zstd where Node has it).
 * Too large, packed or unpacked: `payload_too_large`; unknown encoding: `unsupported_media`; broken one: `invalid_input`.
 */
export async function readBody(request: Request, limits: Limits): Promise<Buffer> {
	const declared = Number(request.headers.get("content-length") ?? 0);
	if (declared > limits.bodyBytesMax) throw tooLarge("body", limits.bodyBytesMax);
	const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
	const inflate = Object.hasOwn(inflaters, encoding) ? inflaters[encoding] : undefined;
	if (encoding !== "identity" && encoding !== "" && !inflate) {
		throw new AppError(
			"unsupported_media",
			`Content-Encoding ${encoding.slice(0, 40)} is not supported: use gzip or deflate`,
		);
	}
	const body = await readAll(request, limits.bodyBytesMax);
	if (!inflate || body.length === 0) return body;
	try {
		return await inflate(body, { maxOutputLength: limits.inflatedBytesMax });
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge("inflated body", limits.inflatedBytesMax);
		throw invalidInput(`Malformed request body: it is not valid ${encoding} data`);
	}
}

async function readAll(request: Request, bytesMax: number): Promise<Buffer> {
	if (!request.body) return Buffer.alloc(0);
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
		length += chunk.byteLength;
		if (length > bytesMax) throw tooLarge("body", bytesMax);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, length);
}

// "deflate" means zlib by the HTTP spec, raw deflate by some senders.
async function inflateEither(body: Buffer, options: { maxOutputLength: number }): Promise<Buffer> {
	try {
		return await promisify(zlib.inflate)(body, options);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw error;
		return await promisify(zlib.inflateRaw)(body, options);
	}
}

function tooLarge(what: string, bytesMax: number): AppError {
	return new AppError("payload_too_large", `The ${what} is larger than ${bytesMax} bytes`);
}
