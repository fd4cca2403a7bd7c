import { RecordRejected, VALUE_DEPTH_MAX } from "@/lib/otlp/decoded";
import { field, isObject, type Json } from "@/lib/otlp/json-fields";
import type { AnyValue, Attributes, KeyValue } from "@/lib/span/any-value";

/** The `attributes` list of a span, log record, event, link, resource or scope; `what` names it in a rejection. */
export function attributes(container: Json, what: string): Attributes {
	const pairs = field(container, "attributes");
	if (pairs === undefined || pairs === null) return new Map();
	if (!Array.isArray(pairs)) throw new RecordRejected(`${what} must be a list`);
	const read: Attributes = new Map();
	pairs.forEach((pair, index) => {
		if (!isObject(pair)) throw new RecordRejected(`${what}[${index}] must be an object`);
		const key = keyOf(pair, () => `${what}[${index}]`);
		read.delete(key);
		read.set(
			key,
			anyValue(pair.value, 0, () => `${what}[${index}].value`),
		);
	});
	return read;
}

/** One value; what is nested deeper than the limit, or is no such value, rejects the record around it. */
export function anyValue(value: unknown, depth: number, path: () => string): AnyValue {
	if (value === undefined || value === null) return {};
	if (!isObject(value)) throw new RecordRejected(`${path()} must be an object such as {"stringValue": "..."}`);
	if (depth > VALUE_DEPTH_MAX) throw new RecordRejected(`${path()} is nested deeper than ${VALUE_DEPTH_MAX}`);
	const stringValue = field(value, "stringValue");
	if (stringValue !== undefined)
		return { stringValue: scalarText(stringValue, () => `${path()}.stringValue`).toWellFormed() };
	const boolValue = field(value, "boolValue");
	if (boolValue !== undefined) return { boolValue: bool(boolValue, path) };
	const intValue = field(value, "intValue");
	if (intValue !== undefined) return { intValue: int64(intValue, path) };
	const doubleValue = field(value, "doubleValue");
	if (doubleValue !== undefined) return { doubleValue: double(doubleValue, path) };
	const bytesValue = field(value, "bytesValue");
	if (bytesValue !== undefined) {
		const base64 = scalarText(bytesValue, () => `${path()}.bytesValue`);
		return { bytesValue: Buffer.from(base64, "base64").toString("base64") };
	}
	const arrayValue = field(value, "arrayValue");
	if (arrayValue !== undefined) {
		const values = isObject(arrayValue) ? (field(arrayValue, "values") ?? []) : arrayValue;
		if (!Array.isArray(values)) throw new RecordRejected(`${path()}.arrayValue.values must be a list`);
		return { arrayValue: { values: values.map((item, i) => anyValue(item, depth + 1, () => `${path()}[${i}]`)) } };
	}
	const kvlistValue = field(value, "kvlistValue");
	if (kvlistValue !== undefined) {
		const pairs = isObject(kvlistValue) ? (field(kvlistValue, "values") ?? []) : kvlistValue;
		if (!Array.isArray(pairs)) throw new RecordRejected(`${path()}.kvlistValue.values must be a list`);
		return { kvlistValue: { values: pairs.map((pair, i) => keyValue(pair, depth + 1, () => `${path()}{${i}}`)) } };
	}
	return {};
}

function keyValue(pair: unknown, depth: number, path: () => string): KeyValue {
	if (!isObject(pair)) throw new RecordRejected(`${path()} must be an object`);
	return { key: keyOf(pair, path), value: anyValue(pair.value, depth, path) };
}

// JSON mappings leave out what is empty, so a missing key is the empty one, as on the wire.
function keyOf(pair: Json, path: () => string): string {
	const key = pair.key ?? "";
	if (typeof key !== "string") throw new RecordRejected(`${path()}.key must be text`);
	return key.toWellFormed();
}

// String() of a structure runs what it holds as methods, or out of stack.
function scalarText(value: unknown, path: () => string): string {
	if (typeof value === "object") throw new RecordRejected(`${path()} must be text`);
	return String(value);
}

function bool(value: unknown, path: () => string): boolean {
	if (value === true || value === "true") return true;
	if (value === false || value === "false") return false;
	throw new RecordRejected(`${path()}.boolValue is neither true nor false`);
}

function int64(value: unknown, path: () => string): string {
	const text = typeof value === "number" && Number.isInteger(value) ? BigInt(value).toString() : value;
	if (typeof text === "string" && /^[+-]?\d{1,19}$/.test(text.trim())) {
		const number = BigInt(text.trim().replace(/^\+/, ""));
		if (BigInt.asIntN(64, number) === number) return number.toString();
	}
	throw new RecordRejected(`${path()}.intValue is not a 64-bit integer`);
}

function double(value: unknown, path: () => string): number | "NaN" | "Infinity" | "-Infinity" {
	if (value === "NaN" || value === "Infinity" || value === "-Infinity") return value;
	const number =
		typeof value === "number" ? value : typeof value === "string" && value.trim() ? Number(value) : Number.NaN;
	if (!Number.isFinite(number)) throw new RecordRejected(`${path()}.doubleValue is not a number`);
	return number;
}
