import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { AppError } from "@/lib/errors";

interface Options {
	chunkSize: number;
	maxOutputLength?: number;
}

interface Format {
	whole(body: Uint8Array, options: Options): Buffer;
	open(options: Options): Transform;
}

/** Undoes one content encoding: hands over what comes out, chunk by chunk; what `take` throws ends it and is thrown on. */
export type Inflate = (body: Uint8Array, take: (chunk: Uint8Array) => void) => Promise<void>;

const GZIP: Format = { whole: zlib.gunzipSync, open: zlib.createGunzip };
const ZLIB: Format = { whole: zlib.inflateSync, open: zlib.createInflate };
const RAW: Format = { whole: zlib.inflateRawSync, open: zlib.createInflateRaw };

const INFLATES: Record<string, Inflate> = {
	gzip: inflateWith(() => GZIP),
	"x-gzip": inflateWith(() => GZIP),
	// "deflate" means zlib by the HTTP specification, raw deflate to some senders.
	deflate: inflateWith((body) => (hasZlibHeader(body) ? ZLIB : RAW)),
	...("zstdDecompressSync" in zlib && {
		zstd: inflateWith(() => ({ whole: zlib.zstdDecompressSync, open: zlib.createZstdDecompress })),
	}),
};

/** Content encodings that this runtime can undo. */
export const CONTENT_ENCODINGS: readonly string[] = Object.keys(INFLATES);

// A trip to the thread pool costs more than a small body; a large one is inflated beside the main thread, in few large
// chunks, for each chunk is a trip.
const SYNC_BYTES_MAX = 8 * 1024;
const SYNC_OUTPUT_MAX = 256 * 1024;
const CHUNK_BYTES_MIN = 16 * 1024;
const CHUNK_BYTES_MAX = 1024 * 1024;

/**
 * How to undo the Content-Encoding of a header's value; null when there is nothing to undo. An unknown one, or several, are
 * `unsupported_media`.
 */
export function inflateOf(header: string | null): Inflate | null {
	const encoding = header?.trim().toLowerCase() ?? "";
	if (encoding === "" || encoding === "identity") return null;
	const inflate = Object.hasOwn(INFLATES, encoding) ? INFLATES[encoding] : undefined;
	if (inflate) return inflate;
	const known = CONTENT_ENCODINGS.filter((name) => name !== "x-gzip").join(", ");
	throw new AppError(
		"unsupported_media",
		`Content-Encoding ${encoding.slice(0, 40)} is not supported: use one of ${known}, or none`,
	);
}

function inflateWith(formatOf: (body: Uint8Array) => Format): Inflate {
	return async (body, take) => {
		const format = formatOf(body);
		const chunkSize = Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, body.byteLength * 4));
		if (body.byteLength > SYNC_BYTES_MAX) return inflateBeside(format.open({ chunkSize }), body, take);
		let whole: Buffer;
		try {
			whole = format.whole(body, { chunkSize, maxOutputLength: SYNC_OUTPUT_MAX });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") throw error;
			return inflateBeside(format.open({ chunkSize: CHUNK_BYTES_MAX }), body, take);
		}
		take(whole);
	};
}

function inflateBeside(inflater: Transform, body: Uint8Array, take: (chunk: Uint8Array) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		inflater.on("data", (chunk: Uint8Array) => {
			try {
				take(chunk);
			} catch (error) {
				reject(error);
				inflater.destroy();
			}
		});
		inflater.once("end", resolve);
		inflater.once("error", reject);
		inflater.end(body);
	});
}

function hasZlibHeader([first = 0, second = 0]: Uint8Array): boolean {
	return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
