/**
 * One attribute value, in the JSON mapping of OTLP's AnyValue: 64-bit integers as decimal text, bytes as base64,
 * non-finite doubles as "NaN", "Infinity" and "-Infinity". `{}` is the explicit null.
 * Source: opentelemetry-proto, common/v1/common.proto.
 */
export type AnyValue =
	| { stringValue: string }
	| { boolValue: boolean }
	| { intValue: string }
	| { doubleValue: number | "NaN" | "Infinity" | "-Infinity" }
	| { bytesValue: string }
	| { arrayValue: { values: AnyValue[] } }
	| { kvlistValue: { values: KeyValue[] } }
	| { [key in never]: never };

export interface KeyValue {
	key: string;
	value: AnyValue;
}

/** Attributes by key; their order means nothing in OTLP. A key sent twice keeps its last value. */
export type Attributes = Map<string, AnyValue>;

/** The value as plain JSON: integers beyond 2^53 and bytes stay text, the explicit null is null. */
export function anyValuePlain(value: AnyValue): unknown {
	if ("stringValue" in value) return value.stringValue;
	if ("boolValue" in value) return value.boolValue;
	if ("intValue" in value) {
		const number = Number(value.intValue);
		return Number.isSafeInteger(number) ? number : value.intValue;
	}
	if ("doubleValue" in value) return value.doubleValue;
	if ("bytesValue" in value) return value.bytesValue;
	if ("arrayValue" in value) return value.arrayValue.values.map(anyValuePlain);
	if ("kvlistValue" in value) {
		return Object.fromEntries(value.kvlistValue.values.map((pair) => [pair.key, anyValuePlain(pair.value)]));
	}
	return null;
}

/** The value as the text that rules and filters compare with: scalars as written, structures as compact JSON. */
export function anyValueText(value: AnyValue): string {
	if ("stringValue" in value) return value.stringValue;
	if ("intValue" in value) return value.intValue;
	if ("bytesValue" in value) return value.bytesValue;
	if ("boolValue" in value || "doubleValue" in value) return String(anyValuePlain(value));
	const plain = anyValuePlain(value);
	return plain === null ? "" : JSON.stringify(plain);
}

/** Attributes as a plain JSON object. */
export function attributesPlain(attributes: Attributes): Record<string, unknown> {
	return Object.fromEntries([...attributes].map(([key, value]) => [key, anyValuePlain(value)]));
}
