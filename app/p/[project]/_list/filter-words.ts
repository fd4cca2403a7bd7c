import type { CellFact } from "@/app/_ui/data-table/data-column";

/** Fields with a key behind a dot, which is written in brackets; the longest first. */
const KEYED = ["trace.metadata", "attribute", "metadata", "resource"];

/** A condition in the filter language that holds where a field has that value: `tags has "beta"`, `latency = 20`. */
export function conditionText({ field, value }: CellFact): string {
	const written = typeof value === "string" ? JSON.stringify(value.toWellFormed()) : String(value);
	return `${fieldText(field)} ${holdsSeveral(field) ? "has" : "="} ${written}`;
}

/** Another condition that has to hold, too. `base` is a filter that can stand before an `and`, or nothing. */
export function joinFilter(base: string, condition: string): string {
	return base === "" ? condition : `${base} and ${condition}`;
}

/** Whether a field holds several values: a row fits when one of them does. */
export function holdsSeveral(field: string): boolean {
	return field === "tags";
}

function fieldText(field: string): string {
	const prefix = KEYED.find((name) => field.startsWith(`${name}.`));
	return prefix === undefined ? field : `${prefix}[${JSON.stringify(field.slice(prefix.length + 1))}]`;
}
