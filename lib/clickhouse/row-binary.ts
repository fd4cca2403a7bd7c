const SHORT_CHARS = 24;
const SLAB_BYTES = 512 * 1024;

/**
 * Writes rows in ClickHouse's RowBinary format into one growing buffer, column by column in the order of the INSERT. A
 * LowCardinality column is written as its inner type. Half characters become U+FFFD, for ClickHouse's text output could not
 * show them. Source: clickhouse.com/docs, formats, RowBinary.
 */
export class RowBinaryWriter {
	private buffer: Buffer;
	private at = 0;

	/** `firstBytes` is what it will probably hold: it grows by copying. */
	constructor(firstBytes: number) {
		this.buffer = allocate(firstBytes);
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
		const bytes = Buffer.byteLength(text);
		this.reserve(bytes + 5);
		this.length(bytes);
		// As many bytes as characters: ASCII, which Latin-1 writes much faster.
		this.buffer.write(text, this.at, bytes === text.length ? "latin1" : "utf8");
		this.at += bytes;
	}

	bool(value: boolean): void {
		this.reserve(1);
		this.buffer[this.at++] = value ? 1 : 0;
	}

	uint16(value: number): void {
		this.reserve(2);
		this.at = this.buffer.writeUInt16LE(value, this.at);
	}

	uint32(value: number): void {
		this.reserve(4);
		this.at = this.buffer.writeUInt32LE(value >>> 0, this.at);
	}

	uint64(value: bigint): void {
		this.reserve(8);
		this.at = this.buffer.writeBigUInt64LE(value, this.at);
	}

	/** Also a DateTime64: its ticks since the epoch. */
	int64(value: bigint): void {
		this.reserve(8);
		this.at = this.buffer.writeBigInt64LE(value, this.at);
	}

	/** A whole number below 2^53 as Int64 or UInt64. */
	integer(value: number): void {
		this.reserve(8);
		const high = Math.floor(value / 0x1_0000_0000);
		this.at = this.buffer.writeUInt32LE(value - high * 0x1_0000_0000, this.at);
		this.at = this.buffer.writeInt32LE(high, this.at);
	}

	float64(value: number): void {
		this.reserve(8);
		this.at = this.buffer.writeDoubleLE(value, this.at);
	}

	/** A Nullable column: null, or the value as `write` writes it. */
	nullable<Value>(value: Value | null, write: (value: Value) => void): void {
		this.reserve(1);
		this.buffer[this.at++] = value === null ? 1 : 0;
		if (value !== null) write(value);
	}

	/** The number of items of an Array or Map that follow. */
	count(items: number): void {
		this.reserve(5);
		this.length(items);
	}

	/** Bytes in RowBinary already. */
	bytes(bytes: Buffer): void {
		this.reserve(bytes.length);
		this.at += bytes.copy(this.buffer, this.at);
	}

	// Below some twenty characters a loop is faster than the call out of JavaScript.
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
	}
}

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
