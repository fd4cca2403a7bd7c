import type { FilterTree } from "@/lib/filter/filter";

/** How Dokimos says which spans are meant: by their name, or by an attribute's text. */
export interface Selector {
	matchType: "SPAN_NAME" | "ATTRIBUTE";
	/** Attribute key; null for SPAN_NAME. */
	matchKey: string | null;
	matchValue: string;
}

const ATTRIBUTE = "attribute.";

/**
 * What a selector means, as a filter: a span's exact, case-sensitive name, or an attribute's text, read from the span and
 * else from its resource.
 */
export function selectorFilter({ matchType, matchKey, matchValue }: Selector): FilterTree {
	const field = matchType === "SPAN_NAME" ? "name" : `${ATTRIBUTE}${matchKey ?? ""}`;
	return { field, op: "=", value: matchValue };
}

/** The selector that says the same as a filter; null when it takes more than one to say. */
export function selectorOf(filter: FilterTree): Selector | null {
	if (!("field" in filter) || filter.op !== "=" || typeof filter.value !== "string") return null;
	if (filter.field === "name") return { matchType: "SPAN_NAME", matchKey: null, matchValue: filter.value };
	if (!filter.field.startsWith(ATTRIBUTE)) return null;
	return { matchType: "ATTRIBUTE", matchKey: filter.field.slice(ATTRIBUTE.length), matchValue: filter.value };
}
