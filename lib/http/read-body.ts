import { AppError, invalidInput, isAppError } from "@/lib/errors";
import { type IncomingBody, requestBody } from "@/lib/http/incoming-body";
import { inflateOf } from "@/lib/http/inflate";

export interface BodyLimits {
	/** As received. */
	bodyBytesMax: number;
	/** After decompression. */
	inflatedBytesMax: number;
	/** Told of every chunk that is kept, packed and unpacked; what it throws ends the reading. */
	hold?(bytes: number): void;
}

/** The body of a web Request; see `readIncoming`. */
export function readBody(request: Request, limits: BodyLimits): Promise<Buffer> {
	return readIncoming(requestBody(request), limits);
}

/**
 * Reads a body within limits, counted as it arrives and as it unfolds, and undoes its Content-Encoding (see `inflateOf`).
 * Too large, packed or unpacked: `payload_too_large`; unknown encoding: `unsupported_media`; broken one, or a body that
 * ends early: `invalid_input`. A declared length over the limit and an unknown encoding are refused before anything is read.
 */
export async function readIncoming(incoming: IncomingBody, limits: BodyLimits): Promise<Buffer> {
	const declared = Number(incoming.headers.get("content-length") ?? 0);
	if (declared > limits.bodyBytesMax) throw tooLarge("body", limits.bodyBytesMax);
	const encoding = incoming.headers.get("content-encoding");
	const inflate = inflateOf(encoding);
	const packed = gather("body", limits.bodyBytesMax, limits.hold);
	await reading(incoming.read(packed.take), "Malformed request body: it ended before it was complete");
	const body = packed.bytes();
	if (!inflate || body.length === 0) return body;
	const unpacked = gather("inflated body", limits.inflatedBytesMax, limits.hold);
	const name = encoding?.trim().toLowerCase();
	await reading(inflate(body, unpacked.take), `Malformed request body: it is not valid ${name} data`);
	return unpacked.bytes();
}

async function reading(chunks: Promise<void>, whenBroken: string): Promise<void> {
	try {
		await chunks;
	} catch (error) {
		throw isAppError(error) ? error : invalidInput(whenBroken);
	}
}

/** Keeps chunks as long as they fit. */
function gather(what: string, bytesMax: number, hold?: (bytes: number) => void) {
	const chunks: Uint8Array[] = [];
	let length = 0;
	return {
		take(chunk: Uint8Array): void {
			length += chunk.byteLength;
			if (length > bytesMax) throw tooLarge(what, bytesMax);
			hold?.(chunk.byteLength);
			chunks.push(chunk);
		},
		bytes(): Buffer {
			const [first] = chunks;
			if (!first) return Buffer.alloc(0);
			if (chunks.length > 1) return Buffer.concat(chunks, length);
			return Buffer.from(first.buffer, first.byteOffset, first.byteLength);
		},
	};
}

function tooLarge(what: string, bytesMax: number): AppError {
	return new AppError("payload_too_large", `The ${what} is larger than ${bytesMax} bytes`);
}
