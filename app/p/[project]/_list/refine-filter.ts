import type { CellFact } from "@/app/_ui/data-table/data-column";
import { holdsSeveral } from "@/app/p/[project]/_list/filter-words";
import type { FilterTree } from "@/lib/filter/filter";
import { printFilter } from "@/lib/filter/print-filter";

/** A filter's text as it can stand before an `and`; nothing for one that cannot be read. */
export function joinableText(text: string, filter: FilterTree | null): string {
	if (filter === null) return "";
	return "or" in filter ? `(${text})` : text;
}

/** The conditions of a filter that must all hold, each in words, with what is left of the filter without it. */
export function filterParts(filter: FilterTree): { text: string; without: string }[] {
	const parts = partsOf(filter);
	return parts.map((part, at) => ({ text: printFilter(part), without: printParts(parts.toSpliced(at, 1)) }));
}

/** How a filter takes the value of a field: asks for it, excludes it, or says nothing of it. */
export function valueState(filter: FilterTree, { field, value }: CellFact): "asked" | "excluded" | "open" {
	const parts = partsOf(filter);
	if (parts.some((part) => valuesOf(part, field)?.includes(value))) return "asked";
	const denied = parts.some((part) => "not" in part && valuesOf(part.not, field)?.includes(value));
	return denied ? "excluded" : "open";
}

/**
 * The filter after a click on a value: asked for beside the values of that field that are asked for already, or no more when
 * it was one of them.
 */
export function toggleValue(filter: FilterTree, fact: CellFact): string {
	const parts = partsOf(filter);
	const at = parts.findIndex((part) => valuesOf(part, fact.field) !== null);
	const asked = parts[at] ? (valuesOf(parts[at], fact.field) ?? []) : [];
	const next = asked.includes(fact.value) ? asked.filter((value) => value !== fact.value) : [...asked, fact.value];
	const others = at < 0 ? parts : parts.toSpliced(at, 1);
	const [first, ...more] = next;
	if (first === undefined) return printParts(others);
	const condition: FilterTree =
		more.length === 0
			? valueCondition({ field: fact.field, value: first })
			: { field: fact.field, op: "in", value: next as string[] };
	return printParts([...others, condition]);
}

/** The filter that leaves out the rows with a value, or no more when it did. */
export function toggleExclusion(filter: FilterTree, fact: CellFact): string {
	const parts = partsOf(filter);
	const others = parts.filter(
		(part) => !valuesOf(part, fact.field)?.includes(fact.value) && !("not" in part && isValue(part.not, fact)),
	);
	if (valueState(filter, fact) === "excluded") return printParts(others);
	return printParts([...others, { not: valueCondition(fact) }]);
}

function partsOf(filter: FilterTree): FilterTree[] {
	return "and" in filter ? filter.and : [filter];
}

function printParts(parts: FilterTree[]): string {
	const [only] = parts;
	if (only === undefined) return "";
	return printFilter(parts.length === 1 ? only : { and: parts });
}

function valueCondition({ field, value }: CellFact): FilterTree {
	return { field, op: holdsSeveral(field) ? "has" : "=", value };
}

/** The values that a condition asks of a field; null for any other condition. */
function valuesOf(part: FilterTree, field: string): readonly (string | number | boolean)[] | null {
	if (!("field" in part) || part.field !== field || part.value === undefined) return null;
	if (part.op === "in" && Array.isArray(part.value)) return part.value;
	return (part.op === "=" || part.op === "has") && !Array.isArray(part.value)
		? [part.value as string | number | boolean]
		: null;
}

function isValue(part: FilterTree, { field, value }: CellFact): boolean {
	const values = valuesOf(part, field);
	return values?.length === 1 && values[0] === value;
}
