import { type Sql, sql, string } from "@/lib/clickhouse/sql";
import { type Attributes, anyValueText } from "@/lib/span/any-value";
import { metadataText } from "@/lib/span/metadata-text";
import type { Span } from "@/lib/span/span";

/**
 * What a field holds, which decides its operators: `value` is the text of an attribute, which is compared as a number with
 * numbers; `search` is looked into, not compared; a `list` is one of texts.
 */
export type FieldType = "text" | "enum" | "number" | "boolean" | "time" | "list" | "value" | "search";

/** Text as the store has it; numbers as doubles; moments in nanoseconds since the epoch. */
export type Known = string | number | bigint | boolean | readonly string[];

/** Where a field's value stands: in a row of `spans`, and in a span. */
export interface Place {
	/** Whether the row knows a value; `value` counts only then. */
	known: Sql;
	value: Sql;
	/** Null when unknown. */
	read(span: Span): Known | null;
}

export interface Field {
	/** As people write it. */
	name: string;
	type: FieldType;
	about: string;
	/** Of an enum. */
	values?: readonly string[];
	/** What a number counts. */
	unit?: "ms" | "usd";
	/** Of several, each is asked, and one that fits is enough. */
	places: readonly Place[];
}

/** A column of text, where empty and unknown are one. */
export function textAt(column: Sql, get: (span: Span) => string | null): Place {
	return {
		known: sql`${column} != ''`,
		value: column,
		read: (span) => get(span)?.toWellFormed() || null,
	};
}

/** A Nullable column of numbers. */
export function numberAt(column: Sql, get: (span: Span) => number | null): Place {
	return { known: sql`isNotNull(${column})`, value: sql`toFloat64(assumeNotNull(${column}))`, read: get };
}

/** A column of nanoseconds since the epoch, 0 being unknown. */
export function momentAt(column: Sql, get: (span: Span) => bigint | null): Place {
	return { known: sql`${column} != 0`, value: column, read: (span) => get(span) || null };
}

/** A field of text, wherever it stands. */
export function text(name: string, about: string, ...places: Place[]): Field {
	return { name, type: "text", about, places };
}

/** A field that holds one of few texts. */
export function choice(name: string, about: string, values: readonly string[], place: Place): Field {
	return { name, type: "enum", about, values, places: [place] };
}

/** A field that holds a number. */
export function number(name: string, about: string, place: Place, unit?: Field["unit"]): Field {
	return { name, type: "number", about, places: [place], ...(unit && { unit }) };
}

/** Where attributes keep the text of a key, which may be empty and yet known. */
export function attributePlaces(column: Sql, key: string, get: (span: Span) => Attributes): Place[] {
	const parameter = string(key);
	return [
		{
			known: sql`mapContains(${column}, ${parameter})`,
			value: sql`${column}[${parameter}]`,
			read: (span) => attributeText(get(span), key) ?? null,
		},
	];
}

/** As `attributePlaces`, of metadata. */
export function metadataAt(column: Sql, key: string, get: (span: Span) => Record<string, unknown> | null): Place {
	const parameter = string(key);
	return {
		known: sql`mapContains(${column}, ${parameter})`,
		value: sql`${column}[${parameter}]`,
		read: (span) => metadataOf(get(span) ?? {}, key) ?? null,
	};
}

// Half characters are stored as U+FFFD, in keys too: only a key that holds one may be spelt otherwise in the span.
const REPLACED = "\ufffd";

/** The text of an attribute as it is stored; undefined when there is none. */
export function attributeText(attributes: Attributes, key: string): string | undefined {
	const stored = key.includes(REPLACED) ? [...attributes.keys()].find((name) => name.toWellFormed() === key) : key;
	const value = stored === undefined ? undefined : attributes.get(stored);
	return value && anyValueText(value).toWellFormed();
}

function metadataOf(metadata: Record<string, unknown>, key: string): string | undefined {
	if (!key.includes(REPLACED)) return Object.hasOwn(metadata, key) ? metadataText(metadata[key]) : undefined;
	const last = Object.entries(metadata).findLast(
		([name, value]) => name.toWellFormed() === key && metadataText(value) !== undefined,
	);
	return last && metadataText(last[1]);
}
