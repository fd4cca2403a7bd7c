import { RecordRejected, VALUE_DEPTH_MAX } from "@/lib/otlp/decoded";
import { BYTES, FIXED64, VARINT, type WireReader } from "@/lib/otlp/wire-reader";
import type { AnyValue, Attributes, KeyValue } from "@/lib/span/any-value";

/** Told why the span or log record around a value cannot be kept; reading goes on, for what follows must stay readable. */
export type Reject = (reason: RecordRejected) => void;

/** Reads one KeyValue message into the attributes; a key read before is replaced. */
export function readAttribute(wire: WireReader, into: Attributes, reject: Reject): void {
	wire.nested("attributes", (end) => {
		const pair = readKeyValue(wire, end, 0, reject);
		into.delete(pair.key);
		into.set(pair.key, pair.value);
	});
}

function readKeyValue(wire: WireReader, end: number, depth: number, reject: Reject): KeyValue {
	const pair: KeyValue = { key: "", value: {} };
	wire.message(end, (field, type) => {
		if (field === 1 && type === BYTES) pair.key = wire.string();
		else if (field === 2 && type === BYTES) {
			wire.nested("value", (inner) => {
				pair.value = readAnyValue(wire, inner, depth, reject);
			});
		} else return false;
		return true;
	});
	return pair;
}

/** One AnyValue message; nested deeper than the limit, it is left out and rejects the record around it. */
export function readAnyValue(wire: WireReader, end: number, depth: number, reject: Reject): AnyValue {
	if (depth > VALUE_DEPTH_MAX) {
		// Not read at all: `nested` moves on to the end of the value.
		reject(new RecordRejected(`attributes are nested deeper than ${VALUE_DEPTH_MAX}`));
		return {};
	}
	let value: AnyValue = {};
	wire.message(end, (field, type) => {
		if (field === 1 && type === BYTES) value = { stringValue: wire.string() };
		else if (field === 2 && type === VARINT) value = { boolValue: wire.bool() };
		else if (field === 3 && type === VARINT) value = { intValue: wire.int64().toString() };
		else if (field === 4 && type === FIXED64) value = { doubleValue: doubleJson(wire.double()) };
		else if (field === 5 && type === BYTES) {
			const values: AnyValue[] = [];
			wire.nested("array_value", (inner) => {
				wire.message(inner, (item, itemType) => {
					if (item !== 1 || itemType !== BYTES) return false;
					wire.nested(`[${values.length}]`, (last) => values.push(readAnyValue(wire, last, depth + 1, reject)));
					return true;
				});
			});
			value = { arrayValue: { values } };
		} else if (field === 6 && type === BYTES) {
			const values: KeyValue[] = [];
			wire.nested("kvlist_value", (inner) => {
				wire.message(inner, (item, itemType) => {
					if (item !== 1 || itemType !== BYTES) return false;
					wire.nested(`{${values.length}}`, (last) => values.push(readKeyValue(wire, last, depth + 1, reject)));
					return true;
				});
			});
			value = { kvlistValue: { values } };
		} else if (field === 7 && type === BYTES) value = { bytesValue: wire.bytes().toString("base64") };
		else return false;
		return true;
	});
	return value;
}

function doubleJson(value: number): number | "NaN" | "Infinity" | "-Infinity" {
	if (Number.isFinite(value)) return value;
	return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
