import { AppError } from "@/lib/errors";

/** Of request bodies in this process, packed and unpacked, from their first byte until the answer. */
const HELD_BYTES_MAX = 256 * 1024 * 1024;
const RETRY_AFTER_MS = 1000;

let held = 0;

export interface Hold {
	/** Counts bytes that are kept; throws `unavailable` when all requests together keep too many. */
	add(bytes: number): void;
	/** Gives back everything that was added. */
	release(): void;
}

/**
 * The part of one request in what all requests may keep in memory. Many slow or large bodies at once are told to come back,
 * instead of together being larger than the process.
 */
export function holdBytes(bytesMax: number = HELD_BYTES_MAX): Hold {
	let own = 0;
	return {
		add(bytes) {
			if (held + bytes > bytesMax) {
				throw new AppError("unavailable", "Too many request bodies are in memory", { retryAfterMs: RETRY_AFTER_MS });
			}
			held += bytes;
			own += bytes;
		},
		release() {
			held -= own;
			own = 0;
		},
	};
}
