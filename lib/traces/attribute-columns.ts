import { z } from "zod";
import { type AnyValue, type Attributes, anyValueText, type KeyValue } from "@/lib/span/any-value";
import { metadataText } from "@/lib/span/metadata-text";

/** A Map(String, String) column. Not z.record(): that drops the key `__proto__`. */
export const textMap = z.custom<Record<string, string>>((value) => typeof value === "object" && value !== null);

/** One map in two columns: the text of every value, and what is exact for those that text alone would lose. */
export interface MapColumns {
	texts: Record<string, string>;
	values: Record<string, string>;
}

/** A scalar's kind, which with its text says all; structures are kept as JSON. */
const KIND_OF_MARK: Readonly<Record<string, (text: string) => AnyValue>> = {
	i: (intValue) => ({ intValue }),
	b: (text) => ({ boolValue: text === "true" }),
	d: (text) => ({ doubleValue: isNotFinite(text) ? text : Number(text) }),
	x: (bytesValue) => ({ bytesValue }),
};

const isNotFinite = (text: string): text is "NaN" | "Infinity" | "-Infinity" =>
	text === "NaN" || text === "Infinity" || text === "-Infinity";

/** What beside its text makes a value exact: null for text itself, a mark for other scalars, else the AnyValue in JSON. */
export function exactForm(value: AnyValue): string | null {
	if ("stringValue" in value) return null;
	if ("intValue" in value) return "i";
	if ("doubleValue" in value) return "d";
	if ("boolValue" in value) return "b";
	if ("bytesValue" in value) return "x";
	return JSON.stringify(value);
}

/** A value that is no text, in two columns. */
export interface ExactColumns {
	text: string;
	exact: string;
}

// Every answer of a model names its finish reason in a list of one, which as JSON, twice, takes half a microsecond.
const ONE_TEXT_CHARS_MAX = 32;
const ONE_TEXTS_MAX = 1024;
const listsOfOne = new Map<string, ExactColumns>();

/** The text of a value that is no text, and its exact form; of short lists of one text from memory. */
export function exactColumns(value: AnyValue): ExactColumns {
	const only = onlyText(value);
	if (only === null) return { text: anyValueText(value), exact: exactForm(value) ?? "" };
	let columns = listsOfOne.get(only);
	if (columns === undefined) {
		columns = { text: anyValueText(value), exact: exactForm(value) ?? "" };
		// Senders choose the texts: what is remembered of them must not grow with them.
		if (listsOfOne.size >= ONE_TEXTS_MAX) listsOfOne.clear();
		listsOfOne.set(only, columns);
	}
	return columns;
}

function onlyText(value: AnyValue): string | null {
	if (!("arrayValue" in value) || value.arrayValue.values.length !== 1) return null;
	const [item] = value.arrayValue.values;
	const text = item !== undefined && "stringValue" in item ? item.stringValue : null;
	return text === null || text.length > ONE_TEXT_CHARS_MAX ? null : text;
}

/** The value of a text and its exact form; rows from before the marks have JSON for every value that is no text. */
function exactValue(text: string, exact: string | undefined): AnyValue {
	if (exact === undefined) return { stringValue: text };
	return KIND_OF_MARK[exact]?.(text) ?? (JSON.parse(exact) as AnyValue);
}

export function joinAttributes({ texts, values }: MapColumns): Attributes {
	const exact = new Map(Object.entries(values));
	return new Map(
		Object.entries(texts).map(([key, text]): [string, AnyValue] => [key, exactValue(text, exact.get(key))]),
	);
}

/** Attributes as text alone, for filters. */
export function attributeTexts(attributes: Attributes): Record<string, string> {
	const texts = emptyColumns().texts;
	for (const [key, value] of attributes) texts[key] = anyValueText(value);
	return texts;
}

/** Metadata as text, and the exact JSON of all that is no text. Null and the empty map are one: nothing is known. */
export function splitMetadata(metadata: Record<string, unknown> | null): MapColumns {
	const columns = emptyColumns();
	for (const [name, value] of Object.entries(metadata ?? {})) {
		const key = name.toWellFormed();
		const text = metadataText(value);
		if (text === undefined) continue;
		columns.texts[key] = text;
		if (typeof value !== "string") columns.values[key] = text;
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
