import type { Condition, Value } from "@/lib/filter/condition";
import type { Field } from "@/lib/filter/field";
import { KEYED } from "@/lib/filter/fields";
import type { FilterTree } from "@/lib/filter/filter";
import { findField } from "@/lib/filter/find-field";
import { printQuantity } from "@/lib/filter/quantity";

/** A checked filter as the text that `parseFilter` reads as the same one. */
export function printFilter(tree: FilterTree): string {
	if ("and" in tree) return tree.and.map((part) => inside(part, "and" in part || "or" in part)).join(" and ");
	if ("or" in tree) return tree.or.map((part) => inside(part, "or" in part)).join(" or ");
	if ("not" in tree) return `not ${inside(tree.not, "and" in tree.not || "or" in tree.not)}`;
	return printCondition(tree);
}

function inside(tree: FilterTree, isGrouped: boolean): string {
	return isGrouped ? `(${printFilter(tree)})` : printFilter(tree);
}

function printCondition({ field, op, value }: Condition): string {
	if (field === "text" && op === "contains") return quote(String(value));
	const found = findField(field);
	const name = found?.type === "value" ? printKeyed(field) : field;
	return value === undefined ? `${name} ${op}` : `${name} ${op} ${printValue(found, value)}`;
}

// The longest prefix: `trace.metadata` is no `trace`.
function printKeyed(field: string): string {
	const prefix = KEYED.find(({ name }) => field.startsWith(`${name}.`))?.name ?? "";
	return `${prefix}[${quote(field.slice(prefix.length + 1))}]`;
}

function printValue(field: Field | null, value: Value): string {
	if (typeof value === "string") return field?.type === "time" ? value : quote(value);
	if (typeof value === "number") return printQuantity(value, field?.unit);
	if (typeof value === "boolean") return String(value);
	return `(${value.map((item) => printValue(field, item)).join(", ")})`;
}

function quote(text: string): string {
	return JSON.stringify(text);
}
