import { invalidInput } from "@/lib/errors";
import { InternedText } from "@/lib/otlp/interned-text";
import type { Place } from "@/lib/otlp/place";

// Wire types. A tag is a field number and one of them: `(number << 3) | type`.
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const FIXED32 = 5;
const GROUP = 3;
const GROUP_END = 4;

/** Groups inside of groups, which nothing has written since 2008; protobuf's own readers stop there too. */
const GROUP_DEPTH_MAX = 100;
/** Bytes of an id that are looked at: more than any id has. */
const ID_BYTES_MAX = 40;

const texts = new InternedText();
// Values are remembered apart, so that those that never come again put no key out of its place.
const values = new InternedText();
/** Longer ones are mostly ids, which are new in every span. */
const COMMON_VALUE_BYTES_MAX = 24;

/**
 * Reads protobuf messages field by field. A failure is `invalid_input` with the byte offset and the path. A message ends
 * at an offset, its `end`; whoever reads one asks `more(end)` before each tag.
 * Source: protobuf encoding, https://protobuf.dev/programming-guides/encoding.
 */
export class WireReader {
	private readonly bytes: Buffer;
	private readonly view: DataView;
	private position = 0;

	constructor(
		body: Uint8Array,
		private readonly place: Place,
	) {
		this.bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
		this.view = new DataView(body.buffer, body.byteOffset, body.byteLength);
	}

	get length(): number {
		return this.bytes.length;
	}

	get offset(): number {
		return this.position;
	}

	/** Goes on elsewhere, such as at the end of a message that is left unread. */
	moveTo(offset: number): void {
		this.position = offset;
	}

	/** Is there another field before the message ends? */
	more(end: number): boolean {
		if (this.position < end) return true;
		if (this.position > end) throw this.malformed("a field runs past the end of its message");
		return false;
	}

	tag(): number {
		const tag = this.uint32();
		if (tag < 8) throw this.malformed("field number 0");
		return tag;
	}

	/** Passes over the value of a field. */
	skip(tag: number): void {
		this.skipValue(tag, 0);
	}

	/** Reads the length of what follows, e.g. of a nested message, and returns where it ends. */
	end(): number {
		const end = this.size() + this.position;
		if (end > this.bytes.length) throw this.malformed("a length runs past the end of the body");
		return end;
	}

	/** Text; invalid UTF-8 becomes U+FFFD. */
	string(): string {
		const end = this.end();
		const start = this.position;
		this.position = end;
		return end === start ? "" : this.bytes.toString("utf8", start, end);
	}

	/** Text of which there are few different ones, such as keys. */
	commonString(): string {
		const end = this.end();
		const start = this.position;
		this.position = end;
		return texts.read(this.bytes, this.view, start, end);
	}

	/** Text of a value: the short ones are mostly names of models, providers and reasons, of which there are few. */
	valueString(): string {
		const end = this.end();
		const start = this.position;
		this.position = end;
		if (end - start <= COMMON_VALUE_BYTES_MAX) return values.read(this.bytes, this.view, start, end);
		return this.bytes.toString("utf8", start, end);
	}

	blob(): Buffer {
		const end = this.end();
		const value = this.bytes.subarray(this.position, end);
		this.position = end;
		return value;
	}

	/** The bytes of an id in lower-case hex; of what is too long to be one, the beginning. */
	id(): string {
		const end = this.end();
		const start = this.position;
		this.position = end;
		return this.bytes.toString("hex", start, Math.min(end, start + ID_BYTES_MAX));
	}

	/** The low 32 bits of a varint. */
	uint32(): number {
		const byte = this.bytes[this.position];
		if (byte !== undefined && byte < 0x80) {
			this.position += 1;
			return byte;
		}
		return this.longVarint();
	}

	bool(): boolean {
		const start = this.position;
		this.longVarint();
		for (let at = start; at < this.position; at++) if (((this.bytes[at] ?? 0) & 0x7f) !== 0) return true;
		return false;
	}

	/** A signed 64-bit integer as decimal text. */
	int64(): string {
		const start = this.position;
		const low = this.longVarint();
		const size = this.position - start;
		// Below 28 bits; negative numbers take all ten bytes.
		if (size <= 4) return String(low);
		let value = 0n;
		for (let at = this.position - 1; at >= start; at--) value = (value << 7n) | BigInt((this.bytes[at] ?? 0) & 0x7f);
		return BigInt.asIntN(64, value).toString();
	}

	fixed32(): number {
		const at = this.advance(4);
		return this.view.getUint32(at, true);
	}

	fixed64(): bigint {
		const at = this.advance(8);
		return this.view.getBigUint64(at, true);
	}

	double(): number {
		const at = this.advance(8);
		return this.view.getFloat64(at, true);
	}

	malformed(reason: string): Error {
		const where = this.place.text();
		return invalidInput(
			`Malformed OTLP protobuf body at byte ${this.position}${where ? ` in ${where}` : ""}: ${reason}`,
		);
	}

	private advance(bytes: number): number {
		const at = this.position;
		if (at + bytes > this.bytes.length) throw this.malformed("it ends inside a number");
		this.position = at + bytes;
		return at;
	}

	/** Up to ten bytes, of which the low 32 bits count. */
	private longVarint(): number {
		let value = 0;
		for (let shift = 0; shift < 70; shift += 7) {
			const byte = this.bytes[this.position];
			if (byte === undefined) throw this.malformed("it ends inside a number");
			this.position += 1;
			if (shift < 32) value |= (byte & 0x7f) << shift;
			if (byte < 0x80) return value >>> 0;
		}
		throw this.malformed("a number is longer than ten bytes");
	}

	/** A length. One beyond 32 bits is beyond any body, and must not be taken for its low bits. */
	private size(): number {
		const byte = this.bytes[this.position];
		if (byte !== undefined && byte < 0x80) {
			this.position += 1;
			return byte;
		}
		const start = this.position;
		const low = this.longVarint();
		for (let at = start + 4; at < this.position; at++) {
			if (((this.bytes[at] ?? 0) & (at === start + 4 ? 0x70 : 0x7f)) !== 0) return Number.MAX_SAFE_INTEGER;
		}
		return low;
	}

	private skipValue(tag: number, depth: number): void {
		switch (tag & 7) {
			case VARINT:
				this.longVarint();
				break;
			case FIXED64:
				this.advance(8);
				break;
			case BYTES:
				this.position = this.end();
				break;
			case FIXED32:
				this.advance(4);
				break;
			case GROUP:
				this.skipGroup(tag, depth);
				break;
			default:
				throw this.malformed("unreadable field");
		}
	}

	private skipGroup(start: number, depth: number): void {
		if (depth >= GROUP_DEPTH_MAX) throw this.malformed(`groups are nested deeper than ${GROUP_DEPTH_MAX}`);
		for (;;) {
			const tag = this.tag();
			if ((tag & 7) === GROUP_END) {
				if (tag >>> 3 !== start >>> 3) throw this.malformed("a group ends that never began");
				return;
			}
			this.skipValue(tag, depth + 1);
		}
	}
}
