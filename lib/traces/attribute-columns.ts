import { z } from "zod";
import { type AnyValue, type Attributes, anyValueText, type KeyValue } from "@/lib/span/any-value";

/** A Map(String, String) column. Not z.record(): that drops the key `__proto__`. */
export const textMap = z.custom<Record<string, string>>((value) => typeof value === "object" && value !== null);

/** One map in two columns: the text of every value, and what is exact for those that text alone would lose. */
export interface MapColumns {
	texts: Record<string, string>;
	values: Record<string, string>;
}

/** Attributes as the text that filters compare with, and the exact AnyValue in JSON of all that is no string. */
export function splitAttributes(attributes: Attributes): MapColumns {
	const columns = emptyColumns();
	for (const [key, value] of attributes) {
		columns.texts[key] = anyValueText(value);
		if (!("stringValue" in value)) columns.values[key] = JSON.stringify(value);
	}
	return columns;
}

export function joinAttributes({ texts, values }: MapColumns): Attributes {
	const exact = new Map(Object.entries(values));
	return new Map(
		Object.entries(texts).map(([key, text]): [string, AnyValue] => {
			const value = exact.get(key);
			return [key, value === undefined ? { stringValue: text } : (JSON.parse(value) as AnyValue)];
		}),
	);
}

/** Metadata as text, and the exact JSON of all that is no text. Null and the empty map are one: nothing is known. */
export function splitMetadata(metadata: Record<string, unknown> | null): MapColumns {
	const columns = emptyColumns();
	for (const [name, value] of Object.entries(metadata ?? {})) {
		const key = name.toWellFormed();
		const json: string | undefined = JSON.stringify(value);
		if (json === undefined) continue;
		columns.texts[key] = typeof value === "string" ? value.toWellFormed() : json;
		if (typeof value !== "string") columns.values[key] = json;
	}
	return columns;
}

export function joinMetadata({ texts, values }: MapColumns): Record<string, unknown> | null {
	const exact = new Map(Object.entries(values));
	const pairs = Object.entries(texts).map(([key, text]): [string, unknown] => {
		const value = exact.get(key);
		return [key, value === undefined ? text : JSON.parse(value)];
	});
	return pairs.length === 0 ? null : Object.fromEntries(pairs);
}

/** Attributes inside a JSON column. */
export const keyValues = (attributes: Attributes): KeyValue[] =>
	[...attributes].map(([key, value]) => ({ key, value }));
export const fromKeyValues = (list: KeyValue[]): Attributes => new Map(list.map(({ key, value }) => [key, value]));

// Without a prototype, `__proto__` is a key like any other.
function emptyColumns(): MapColumns {
	return { texts: Object.create(null), values: Object.create(null) };
}
