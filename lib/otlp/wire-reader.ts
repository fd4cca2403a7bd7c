import { Reader } from "protobufjs/minimal";
import { invalidInput } from "@/lib/errors";

// Wire types of the fields we read.
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const FIXED32 = 5;

/**
 * Reads protobuf messages field by field on protobufjs' Reader, and knows where it is: a failure is `invalid_input` with
 * the byte offset and the field path.
 */
export class WireReader {
	private readonly reader: Reader;
	private readonly view: Buffer;
	private readonly path: string[] = [];

	constructor(bytes: Uint8Array) {
		this.reader = Reader.create(bytes);
		this.view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	/** Where the reader stands, e.g. `resource_spans[0].scope_spans[0].spans[3]`. */
	get where(): string {
		return this.path.join(".");
	}

	/**
	 * Calls `read` for each field of the message that ends at `end`. `read` returns false for a field (or wire type) it does
	 * not know, which is then skipped.
	 */
	message(end: number, read: (field: number, wireType: number) => boolean): void {
		while (this.reader.pos < end) {
			const tag = this.guard(() => this.reader.uint32());
			const field = tag >>> 3;
			const wireType = tag & 7;
			if (field === 0) throw this.malformed("field number 0");
			if (!read(field, wireType)) this.guard(() => this.reader.skipType(wireType));
			if (this.reader.pos > end) throw this.malformed("a field runs past the end of its message");
		}
	}

	/** Reads the length of a nested message and runs `read` with its end, under `name` in the path. */
	nested(name: string, read: (end: number) => void): void {
		const end = this.length();
		this.path.push(name);
		read(end);
		this.path.pop();
		this.reader.pos = end;
	}

	all(read: (end: number) => void): void {
		read(this.reader.len);
	}

	string(): string {
		const end = this.length();
		const value = this.view.toString("utf8", this.reader.pos, end);
		this.reader.pos = end;
		return value;
	}

	bytes(): Buffer {
		const end = this.length();
		const value = this.view.subarray(this.reader.pos, end);
		this.reader.pos = end;
		return value;
	}

	uint32(): number {
		return this.guard(() => this.reader.uint32());
	}

	bool(): boolean {
		return this.guard(() => this.reader.bool());
	}

	fixed32(): number {
		return this.guard(() => this.reader.fixed32());
	}

	fixed64(): bigint {
		const low = this.fixed32();
		return (BigInt(this.fixed32()) << 32n) | BigInt(low);
	}

	double(): number {
		return this.guard(() => this.reader.double());
	}

	int64(): bigint {
		let value = 0n;
		for (let shift = 0n; shift < 70n; shift += 7n) {
			const byte = this.view[this.reader.pos];
			if (byte === undefined) throw this.malformed("it ends inside a number");
			this.reader.pos += 1;
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return BigInt.asIntN(64, value);
		}
		throw this.malformed("a number is longer than ten bytes");
	}

	malformed(reason: string): Error {
		const where = this.where;
		return invalidInput(
			`Malformed OTLP protobuf body at byte ${this.reader.pos}${where ? ` in ${where}` : ""}: ${reason}`,
		);
	}

	private length(): number {
		const length = this.guard(() => this.reader.uint32());
		const end = this.reader.pos + length;
		if (end > this.reader.len) throw this.malformed("a length runs past the end of the body");
		return end;
	}

	private guard<Value>(read: () => Value): Value {
		try {
			return read();
		} catch {
			throw this.malformed("unreadable field");
		}
	}
}
