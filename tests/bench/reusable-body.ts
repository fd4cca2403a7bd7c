import { randomBytes } from "node:crypto";

/** How the ids of a body are written: raw bytes (protobuf) or lower-case hex digits (JSON, RowBinary's texts). */
export type IdNotation = "bytes" | "hex";

/** A request, headers and all, that can be sent any number of times, each time with span ids that nobody sent before. */
export interface ReusableBody {
	bytes: Buffer;
	spans: number;
	/** Gives all ids new values; what belongs together in this body still does. */
	refresh(): void;
	/** Gives all ids their first values, by which spans of one trace belong together across bodies too. */
	restore(): void;
}

/** Every id changes in eight of its bytes: a trace id in the first eight, a span id in all. */
const CHANGED = 8;
const HEX = Buffer.from("0123456789abcdef");

/**
 * Finds the ids of a body once, so that changing them later costs some nanoseconds each. `ids` is a list for each span, in
 * the order of the body: hex, the trace id first; absent ids are left out.
 */
export function reusableBody(bytes: Buffer, ids: readonly (readonly string[])[], notation: IdNotation): ReusableBody {
	const places: number[] = [];
	const originals: Buffer[] = [];
	let from = 0;
	for (const [traceId = "", ...others] of ids) {
		const start = find(traceId, from);
		for (const id of others) from = Math.max(from, find(id, start));
	}
	const original = Buffer.concat(originals);

	function find(id: string, after: number): number {
		const needle = notation === "hex" ? Buffer.from(id) : Buffer.from(id, "hex");
		const at = bytes.indexOf(needle, after);
		if (at < 0) throw new Error("an id is not in the body");
		places.push(at);
		originals.push(Buffer.from(id, "hex").subarray(0, CHANGED));
		return at;
	}

	function write(mask: Buffer): void {
		for (let id = 0; id < places.length; id++) {
			const place = places[id] as number;
			for (let index = 0; index < CHANGED; index++) {
				const changed = (original[id * CHANGED + index] as number) ^ (mask[index] as number);
				if (notation === "bytes") {
					bytes[place + index] = changed;
				} else {
					bytes[place + 2 * index] = HEX[changed >> 4] as number;
					bytes[place + 2 * index + 1] = HEX[changed & 15] as number;
				}
			}
		}
	}

	return {
		bytes,
		spans: ids.length,
		refresh: () => write(randomBytes(CHANGED)),
		restore: () => write(Buffer.alloc(CHANGED)),
	};
}
