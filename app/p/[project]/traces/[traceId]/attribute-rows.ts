import type { KeyValue } from "@/app/_ui/key-values";
import { type AnyValue, type Attributes, anyValueText } from "@/lib/span/any-value";

/** Attributes as rows of text, with what kind of value each is. */
export function attributeRows(attributes: Attributes): KeyValue[] {
	return [...attributes].map(([key, value]) => ({ key, value: anyValueText(value), note: kindOf(value) }));
}

function kindOf(value: AnyValue): string {
	return Object.keys(value)[0]?.replace(/Value$/, "") ?? "null";
}
