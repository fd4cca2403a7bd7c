import { type Dice, odds } from "@/tests/fuzz/dice";
import { CANARY } from "@/tests/fuzz/generate-value";

/** Which fields of a message are messages themselves. */
interface Shape {
	readonly [field: number]: Shape;
}

const ANY_VALUE: { [field: number]: Shape } = {};
const KEY_VALUE: Shape = { 2: ANY_VALUE };
Object.assign(ANY_VALUE, { 5: { 1: ANY_VALUE }, 6: { 1: KEY_VALUE } });
const RESOURCE: Shape = { 1: KEY_VALUE };
const SCOPE: Shape = { 3: KEY_VALUE };
const SPAN: Shape = { 9: KEY_VALUE, 11: { 3: KEY_VALUE }, 13: { 4: KEY_VALUE }, 15: {} };
const LOG: Shape = { 5: ANY_VALUE, 6: KEY_VALUE };
const REQUESTS = {
	traces: { 1: { 1: RESOURCE, 2: { 1: SCOPE, 2: SPAN } } },
	logs: { 1: { 1: RESOURCE, 2: { 1: SCOPE, 2: LOG } } },
} as const satisfies Record<string, Shape>;

interface Field {
	number: number;
	wireType: number;
	/** Of a length-delimited field: its fields, when it is a message, else its bytes. Otherwise the bytes after the tag. */
	content: Field[] | Buffer;
	/** How the tag or the length is written, when not as it should be. */
	tag?: Buffer;
	length?: Buffer;
}

const CHANGES = odds({
	drop: 2,
	double: 2,
	reorder: 1,
	wireType: 3,
	number: 2,
	length: 3,
	content: 4,
	move: 1,
	nest: 1,
});
const BYTES = 2;
const FIXED_BYTES: Record<number, number> = { 1: 8, 5: 4 };
const OVERLONG = Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
const LENGTHS = [
	varint(0x7fffffffn),
	varint(0xffffffffn),
	varint(0x1_0000_0000n),
	varint(2n ** 63n),
	OVERLONG,
	Buffer.of(0x80),
];
const NUMBERS = [
	varint(2n ** 64n - 1n),
	varint(0xffffffffn),
	varint(0x80000000n),
	OVERLONG,
	Buffer.of(0xff),
	Buffer.of(2),
];
const TEXTS = [
	...[
		Buffer.of(0xff, 0xfe, 0xfd),
		Buffer.of(0xed, 0xa0, 0x80),
		Buffer.of(0xc0, 0x80),
		Buffer.of(0xf5, 0x80, 0x80, 0x80),
	],
	...[Buffer.of(0), Buffer.from("__proto__"), Buffer.from(CANARY.repeat(50)), Buffer.alloc(0), Buffer.of(0xe2, 0x82)],
];

/** The message with a few fields dropped, doubled, moved, retyped or renumbered, or with lengths and numbers that lie. */
export function mutateProtobuf(dice: Dice, body: Buffer, signal: keyof typeof REQUESTS): Buffer {
	const message = parse(body, REQUESTS[signal]);
	const changes = 1 + dice.below(3);
	for (let change = 0; change < changes; change++) changeOne(dice, message);
	return write(message);
}

function changeOne(dice: Dice, root: Field[]): void {
	const messages = messagesOf(root);
	const message = dice.pick(messages);
	if (message.length === 0) return;
	const at = dice.below(message.length);
	const field = message[at] as Field;
	switch (dice.draw(CHANGES)) {
		case "drop":
			message.splice(at, 1);
			return;
		case "double":
			message.push(field, ...(dice.chance(0.2) ? Array.from({ length: 200 }, () => field) : []));
			return;
		case "reorder":
			message.reverse();
			return;
		case "wireType":
			field.wireType = dice.below(8);
			return;
		case "number":
			if (dice.chance(0.7)) field.number = dice.pick([0, 1, 2, 3, 5, 9, 15, 16, 99, 0x1fffffff]);
			else field.tag = dice.pick([OVERLONG, Buffer.of(0x80), varint((2n ** 35n) | BigInt(field.wireType))]);
			return;
		case "length":
			if (field.wireType === BYTES) {
				const size = BigInt(write(field.content).length);
				field.length = dice.chance(0.5)
					? dice.pick(LENGTHS)
					: varint(BigInt.asUintN(64, size + BigInt(dice.below(9) - 4)));
			}
			return;
		case "content":
			if (field.wireType === BYTES) field.content = dice.pick([...TEXTS, truncated(dice, field.content)]);
			else field.content = field.wireType === 0 ? dice.pick(NUMBERS) : Buffer.alloc(dice.below(9), 0xff);
			return;
		case "move":
			dice.pick(messages).push({ ...field, content: write(field.content) });
			return;
		case "nest":
			message.push({ number: dice.pick([5, 6, 9]), wireType: BYTES, content: nested(dice.pick([50, 260, 3000])) });
			return;
	}
}

function truncated(dice: Dice, content: Field[] | Buffer): Buffer {
	const bytes = write(content);
	return bytes.subarray(0, dice.below(bytes.length + 1));
}

/** Lists in lists, each in an AnyValue. */
function nested(depth: number): Buffer {
	const parts: Buffer[] = [];
	let size = 0;
	for (let level = 0; level < depth; level++) {
		const head = Buffer.concat([Buffer.of(level % 2 === 0 ? 0x0a : 0x2a), varint(size)]);
		parts.push(head);
		size += head.length;
	}
	return Buffer.concat(parts.reverse());
}

function messagesOf(root: Field[]): Field[][] {
	const found = [root];
	for (const message of found) {
		for (const { content } of message) if (Array.isArray(content)) found.push(content);
	}
	return found;
}

/** Reads bytes that are well-formed; what no shape names as a message stays bytes. */
function parse(bytes: Buffer, shape: Shape): Field[] {
	const fields: Field[] = [];
	let at = 0;
	const number = () => {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = bytes[at++] ?? 0;
			// Tags and lengths are short; of a longer number only the end matters.
			if (shift < 28) value |= (byte & 0x7f) << shift;
			if (byte < 0x80) return value;
		}
	};
	while (at < bytes.length) {
		const tag = number();
		const field = tag >>> 3;
		const wireType = tag & 7;
		let end = 0;
		if (wireType === BYTES) {
			const size = number();
			end = at + size;
		} else if (wireType === 0) {
			const start = at;
			number();
			end = at;
			at = start;
		} else end = at + (FIXED_BYTES[wireType] ?? 0);
		const content = bytes.subarray(at, end);
		const inner = wireType === BYTES ? shape[field] : undefined;
		fields.push({ number: field, wireType, content: inner ? parse(content, inner) : content });
		at = end;
	}
	return fields;
}

function write(content: Field[] | Buffer): Buffer {
	if (!Array.isArray(content)) return content;
	return Buffer.concat(
		content.flatMap((field) => {
			const bytes = write(field.content);
			const tag = field.tag ?? varint(((field.number << 3) | field.wireType) >>> 0);
			return field.wireType === BYTES ? [tag, field.length ?? varint(bytes.length), bytes] : [tag, bytes];
		}),
	);
}

function varint(value: bigint | number): Buffer {
	const bytes: number[] = [];
	// Almost all are small, and BigInt arithmetic is slow.
	if (typeof value === "number") {
		let left = value;
		for (; left > 0x7f; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
		return Buffer.from([...bytes, left]);
	}
	let left = value;
	do {
		bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
		left >>= 7n;
	} while (left > 0n);
	return Buffer.from(bytes);
}
