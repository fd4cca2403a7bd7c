import { type Cuts, keptKey } from "@/lib/otlp/cuts";
import { RecordRejected } from "@/lib/otlp/decoded";
import { count, isObject, type Json } from "@/lib/otlp/json-fields";
import { LIMITS } from "@/lib/otlp/limits";
import { ITEM, PAIR } from "@/lib/otlp/place";
import { setAttribute } from "@/lib/otlp/set-attribute";
import type { AnyValue, Attributes, KeyValue } from "@/lib/span/any-value";

/** Integers that are written as they are kept: no sign but minus, no leading zero, and within 64 bits by their length. */
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,17})$/;

/**
 * Reads the `attributes` of a span, log record, event, link, resource or scope into a map; what is no such list rejects the
 * record around it. Returns how many were dropped because there are too many.
 */
export function readAttributes(container: Json, into: Attributes, cuts: Cuts): number {
	const pairs = container.attributes;
	if (pairs === undefined || pairs === null) return 0;
	if (!Array.isArray(pairs)) throw new RecordRejected(`${cuts.where("attributes")} must be a list`);
	const { place } = cuts;
	let dropped = 0;
	for (let index = 0; index < pairs.length; index++) {
		const pair: unknown = pairs[index];
		cuts.part();
		place.enter("attributes", index);
		if (!isObject(pair)) throw new RecordRejected(`${cuts.where()} must be an object`);
		const sent = keyOf(pair, cuts);
		if (into.size >= LIMITS.attributes && !into.has(keptKey(sent))) dropped += 1;
		else {
			const key = cuts.key(sent);
			place.label(key);
			setAttribute(into, key, readAnyValue(pair.value, 0, cuts));
		}
		place.leave();
	}
	return dropped;
}

/** The same for what has attributes and their dropped count only: the count is the sender's and ours. */
export function readAttributesOf(container: Json, into: Attributed, cuts: Cuts): void {
	const dropped = readAttributes(container, into.attributes, cuts);
	const bySender = count(container.droppedAttributesCount ?? container.dropped_attributes_count);
	into.droppedAttributesCount = cuts.dropped("attributes", into.attributes.size, dropped, bySender);
}

interface Attributed {
	attributes: Attributes;
	droppedAttributesCount: number;
}

/** One value; what is no such value rejects the record around it. */
export function readAnyValue(value: unknown, depth: number, cuts: Cuts): AnyValue {
	if (value === undefined) return {};
	if (depth > LIMITS.depth) return cuts.tooDeep();
	if (value === null) return {};
	if (!isObject(value)) {
		throw new RecordRejected(`${cuts.where("value")} must be an object such as {"stringValue": "..."}`);
	}
	const stringValue = value.stringValue ?? value.string_value;
	if (stringValue !== undefined && stringValue !== null) {
		return { stringValue: cuts.text(scalarText(stringValue, "stringValue", cuts).toWellFormed(), LIMITS.valueBytes) };
	}
	const boolValue = value.boolValue ?? value.bool_value;
	if (boolValue !== undefined && boolValue !== null) return { boolValue: bool(boolValue, cuts) };
	const intValue = value.intValue ?? value.int_value;
	if (intValue !== undefined && intValue !== null) return { intValue: int64(intValue, cuts) };
	const doubleValue = value.doubleValue ?? value.double_value;
	if (doubleValue !== undefined && doubleValue !== null) return { doubleValue: double(doubleValue, cuts) };
	const bytesValue = value.bytesValue ?? value.bytes_value;
	if (bytesValue !== undefined && bytesValue !== null) {
		return cuts.bytes(Buffer.from(scalarText(bytesValue, "bytesValue", cuts), "base64"));
	}
	const arrayValue = value.arrayValue ?? value.array_value;
	if (arrayValue !== undefined && arrayValue !== null) {
		return { arrayValue: { values: readItems(valuesOf(arrayValue, "arrayValue", cuts), depth, cuts) } };
	}
	const kvlistValue = value.kvlistValue ?? value.kvlist_value;
	if (kvlistValue !== undefined && kvlistValue !== null) {
		return { kvlistValue: { values: readPairs(valuesOf(kvlistValue, "kvlistValue", cuts), depth, cuts) } };
	}
	return {};
}

/** The values of an ArrayValue or KeyValueList, or the bare list that some senders write in its place. */
function valuesOf(list: unknown, name: string, cuts: Cuts): unknown[] {
	const values = isObject(list) ? (list.values ?? []) : list;
	if (!Array.isArray(values)) throw new RecordRejected(`${cuts.where(`${name}.values`)} must be a list`);
	return values;
}

function readItems(items: unknown[], depth: number, cuts: Cuts): AnyValue[] {
	return items.map((item, index) => {
		cuts.part();
		cuts.place.enter(ITEM, index);
		const value = readAnyValue(item, depth + 1, cuts);
		cuts.place.leave();
		return value;
	});
}

function readPairs(pairs: unknown[], depth: number, cuts: Cuts): KeyValue[] {
	return pairs.map((pair, index) => {
		cuts.part();
		cuts.place.enter(PAIR, index);
		if (!isObject(pair)) throw new RecordRejected(`${cuts.where()} must be an object`);
		const key = cuts.key(keyOf(pair, cuts));
		cuts.place.label(key);
		const value = readAnyValue(pair.value, depth + 1, cuts);
		cuts.place.leave();
		return { key, value };
	});
}

// JSON mappings leave out what is empty, so a missing key is the empty one, as on the wire.
function keyOf(pair: Json, cuts: Cuts): string {
	const key = pair.key ?? "";
	if (typeof key !== "string") throw new RecordRejected(`${cuts.where("key")} must be text`);
	return key.toWellFormed();
}

// String() of a structure runs what it holds as methods, or out of stack.
function scalarText(value: unknown, name: string, cuts: Cuts): string {
	if (typeof value === "string") return value;
	if (typeof value === "object") throw new RecordRejected(`${cuts.where(name)} must be text`);
	return String(value);
}

function bool(value: unknown, cuts: Cuts): boolean {
	if (value === true || value === "true") return true;
	if (value === false || value === "false") return false;
	throw new RecordRejected(`${cuts.where("boolValue")} is neither true nor false`);
}

function int64(value: unknown, cuts: Cuts): string {
	if (typeof value === "string" && PLAIN_INTEGER.test(value)) return value;
	if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
	const text = typeof value === "number" && Number.isInteger(value) ? BigInt(value).toString() : value;
	if (typeof text === "string" && /^[+-]?\d{1,19}$/.test(text.trim())) {
		const number = BigInt(text.trim().replace(/^\+/, ""));
		if (BigInt.asIntN(64, number) === number) return number.toString();
	}
	throw new RecordRejected(`${cuts.where("intValue")} is not a 64-bit integer`);
}

function double(value: unknown, cuts: Cuts): number | "NaN" | "Infinity" | "-Infinity" {
	if (value === "NaN" || value === "Infinity" || value === "-Infinity") return value;
	const number =
		typeof value === "number" ? value : typeof value === "string" && value.trim() ? Number(value) : Number.NaN;
	if (!Number.isFinite(number)) throw new RecordRejected(`${cuts.where("doubleValue")} is not a number`);
	return number;
}
