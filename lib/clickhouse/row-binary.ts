// Measured: a loop takes a nanosecond a character, a call out of JavaScript some fifty before its first one.
const SHORT_CHARS = 40;
/** Longer texts are not written before their size is known: what they save is nothing beside their characters. */
const GUESSED_CHARS_MAX = 16 * 1024;
const SLAB_BYTES = 512 * 1024;

/**
 * Writes rows in ClickHouse's RowBinary format into one growing buffer, column by column in the order of the INSERT. A
 * LowCardinality column is written as its inner type. Half characters become U+FFFD, for ClickHouse's text output could not
 * show them. Source: clickhouse.com/docs, formats, RowBinary.
 */
export class RowBinaryWriter {
	private buffer: Buffer;
	// Numbers go through it: Buffer's own methods check their arguments, which takes longer than to write them.
	private view: DataView;
	private at = 0;

	/** `firstBytes` is what it will probably hold: it grows by copying. */
	constructor(firstBytes: number) {
		this.buffer = allocate(firstBytes);
		this.view = viewOf(this.buffer);
	}

	/** What was written, without a copy; the writer must not be used any further. */
	finish(): Buffer {
		return this.buffer.subarray(0, this.at);
	}

	string(text: string): void {
		if (text === "") {
			this.reserve(1);
			this.buffer[this.at++] = 0;
			return;
		}
		if (text.length <= SHORT_CHARS && this.shortAscii(text)) return;
		// Three bytes a character are the most there can be: a buffer need not grow for bytes that are hardly ever written.
		const fits = this.at + text.length * 3 + 5 <= this.buffer.length;
		if (fits && text.length <= GUESSED_CHARS_MAX) this.guessed(text);
		else this.measured(text);
	}

	bool(value: boolean): void {
		this.reserve(1);
		this.buffer[this.at++] = value ? 1 : 0;
	}

	uint16(value: number): void {
		this.reserve(2);
		this.view.setUint16(this.at, value, true);
		this.at += 2;
	}

	uint32(value: number): void {
		this.reserve(4);
		this.view.setUint32(this.at, value, true);
		this.at += 4;
	}

	uint64(value: bigint): void {
		this.reserve(8);
		this.view.setBigUint64(this.at, value, true);
		this.at += 8;
	}

	/** Also a DateTime64: its ticks since the epoch. */
	int64(value: bigint): void {
		this.reserve(8);
		this.view.setBigInt64(this.at, value, true);
		this.at += 8;
	}

	/** A whole number below 2^53 as Int64 or UInt64. */
	integer(value: number): void {
		this.reserve(8);
		const high = Math.floor(value / 0x1_0000_0000);
		this.view.setUint32(this.at, value - high * 0x1_0000_0000, true);
		this.view.setInt32(this.at + 4, high, true);
		this.at += 8;
	}

	float64(value: number): void {
		this.reserve(8);
		this.view.setFloat64(this.at, value, true);
		this.at += 8;
	}

	/** A Nullable(Float64). */
	nullableFloat64(value: number | null): void {
		this.bool(value === null);
		if (value !== null) this.float64(value);
	}

	/** As `integer`, for a Nullable column. */
	nullableInteger(value: number | null): void {
		this.bool(value === null);
		if (value !== null) this.integer(value);
	}

	/** The number of items of an Array or Map that follow. */
	count(items: number): void {
		this.reserve(5);
		this.length(items);
	}

	/** Bytes in RowBinary already. */
	bytes(bytes: Buffer): void {
		this.reserve(bytes.length);
		this.buffer.set(bytes, this.at);
		this.at += bytes.length;
	}

	private shortAscii(text: string): boolean {
		const { length } = text;
		this.reserve(length + 1);
		const { buffer, at } = this;
		for (let index = 0; index < length; index++) {
			const code = text.charCodeAt(index);
			if (code > 127) return false;
			buffer[at + 1 + index] = code;
		}
		buffer[at] = length;
		this.at = at + 1 + length;
		return true;
	}

	// As though it were ASCII, as most texts are, without a call to measure it; one that is not moves when its length
	// takes more bytes than that.
	private guessed(text: string): void {
		const start = this.at + lengthBytes(text.length);
		const bytes = this.buffer.write(text, start);
		const shift = lengthBytes(bytes) - lengthBytes(text.length);
		if (shift > 0) this.buffer.copyWithin(start + shift, start, start + bytes);
		this.length(bytes);
		this.at += bytes;
	}

	private measured(text: string): void {
		const bytes = Buffer.byteLength(text);
		this.reserve(bytes + 5);
		this.length(bytes);
		// As many bytes as characters: ASCII, which Latin-1 writes much faster.
		this.buffer.write(text, this.at, bytes === text.length ? "latin1" : "utf8");
		this.at += bytes;
	}

	// LEB128
	private length(value: number): void {
		let rest = value;
		while (rest > 127) {
			this.buffer[this.at++] = (rest & 127) | 128;
			rest >>>= 7;
		}
		this.buffer[this.at++] = rest;
	}

	private reserve(bytes: number): void {
		const needed = this.at + bytes;
		if (needed <= this.buffer.length) return;
		const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
		this.buffer.copy(larger, 0, 0, this.at);
		this.buffer = larger;
		this.view = viewOf(larger);
	}
}

// LEB128 of what `guessed` takes.
const lengthBytes = (value: number): number => (value < 0x80 ? 1 : value < 0x4000 ? 2 : 3);

const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);

// Rows of small requests share memory: to allocate it for each, outside of V8's heap, costs more than to write a row.
let slab = Buffer.alloc(0);
let taken = 0;

function allocate(bytes: number): Buffer {
	if (bytes > SLAB_BYTES / 8) return Buffer.allocUnsafe(bytes);
	if (taken + bytes > slab.length) {
		slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
		taken = 0;
	}
	taken += bytes;
	return slab.subarray(taken - bytes, taken);
}
