import { type Cuts, keptKey } from "@/lib/otlp/cuts";
import { LIMITS } from "@/lib/otlp/limits";
import { ITEM, PAIR } from "@/lib/otlp/place";
import { setAttribute } from "@/lib/otlp/set-attribute";
import { BYTES, FIXED64, VARINT, type WireReader } from "@/lib/otlp/wire-reader";
import type { AnyValue, Attributes, KeyValue } from "@/lib/span/any-value";

// KeyValue
const KEY = (1 << 3) | BYTES;
const VALUE = (2 << 3) | BYTES;
// AnyValue
const STRING_VALUE = (1 << 3) | BYTES;
const BOOL_VALUE = (2 << 3) | VARINT;
const INT_VALUE = (3 << 3) | VARINT;
const DOUBLE_VALUE = (4 << 3) | FIXED64;
const ARRAY_VALUE = (5 << 3) | BYTES;
const KVLIST_VALUE = (6 << 3) | BYTES;
const BYTES_VALUE = (7 << 3) | BYTES;
// ArrayValue and KeyValueList
const VALUES = (1 << 3) | BYTES;

/**
 * Reads the KeyValue message that is the `index`th of its list into the attributes; a key read before is replaced. Returns
 * how many attributes it dropped: 1 when the limit is reached and the key is new.
 */
export function readAttribute(wire: WireReader, into: Attributes, index: number, cuts: Cuts): 0 | 1 {
	const { place } = cuts;
	const end = wire.end();
	cuts.part();
	if (into.size >= LIMITS.attributes && !into.has(keptKey(keyAhead(wire, end)))) {
		wire.moveTo(end);
		return 1;
	}
	place.enter("attributes", index);
	let key = "";
	// The explicit null is made where it is needed: an empty object takes more memory than one with a text in it.
	let value: AnyValue | null = null;
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === KEY) {
			key = cuts.key(wire.commonString());
			place.label(key);
		} else if (tag === VALUE) value = readAnyValue(wire, wire.end(), 0, cuts);
		else wire.skip(tag);
	}
	place.leave();
	setAttribute(into, key, value ?? {});
	return 0;
}

function keyAhead(wire: WireReader, end: number): string {
	const start = wire.offset;
	let key = "";
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === KEY) key = wire.string();
		else wire.skip(tag);
	}
	wire.moveTo(start);
	return key;
}

/** The AnyValue message that ends at `end`. */
export function readAnyValue(wire: WireReader, end: number, depth: number, cuts: Cuts): AnyValue {
	if (depth > LIMITS.depth) {
		wire.moveTo(end);
		return cuts.tooDeep();
	}
	let value: AnyValue | null = null;
	while (wire.more(end)) {
		const tag = wire.tag();
		switch (tag) {
			case STRING_VALUE:
				value = { stringValue: cuts.text(wire.valueString(), LIMITS.valueBytes) };
				break;
			case BOOL_VALUE:
				value = { boolValue: wire.bool() };
				break;
			case INT_VALUE:
				value = { intValue: wire.int64() };
				break;
			case DOUBLE_VALUE:
				value = { doubleValue: doubleJson(wire.double()) };
				break;
			case ARRAY_VALUE:
				value = { arrayValue: { values: readItems(wire, wire.end(), depth, cuts) } };
				break;
			case KVLIST_VALUE:
				value = { kvlistValue: { values: readPairs(wire, wire.end(), depth, cuts) } };
				break;
			case BYTES_VALUE:
				value = cuts.bytes(wire.blob());
				break;
			default:
				wire.skip(tag);
		}
	}
	return value ?? {};
}

function readItems(wire: WireReader, end: number, depth: number, cuts: Cuts): AnyValue[] {
	const values: AnyValue[] = [];
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === VALUES) {
			cuts.part();
			cuts.place.enter(ITEM, values.length);
			values.push(readAnyValue(wire, wire.end(), depth + 1, cuts));
			cuts.place.leave();
		} else wire.skip(tag);
	}
	return values;
}

function readPairs(wire: WireReader, end: number, depth: number, cuts: Cuts): KeyValue[] {
	const pairs: KeyValue[] = [];
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === VALUES) {
			cuts.part();
			cuts.place.enter(PAIR, pairs.length);
			pairs.push(readPair(wire, wire.end(), depth + 1, cuts));
			cuts.place.leave();
		} else wire.skip(tag);
	}
	return pairs;
}

function readPair(wire: WireReader, end: number, depth: number, cuts: Cuts): KeyValue {
	const pair: KeyValue = { key: "", value: {} };
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === KEY) {
			pair.key = cuts.key(wire.commonString());
			cuts.place.label(pair.key);
		} else if (tag === VALUE) pair.value = readAnyValue(wire, wire.end(), depth, cuts);
		else wire.skip(tag);
	}
	return pair;
}

function doubleJson(value: number): number | "NaN" | "Infinity" | "-Infinity" {
	if (Number.isFinite(value)) return value;
	return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
