import type { FilterTree } from "@/lib/filter/filter";

/** Whether a checked filter asks for a field, by its usual name. */
export function mentionsField(tree: FilterTree, field: string): boolean {
	if ("and" in tree) return tree.and.some((part) => mentionsField(part, field));
	if ("or" in tree) return tree.or.some((part) => mentionsField(part, field));
	if ("not" in tree) return mentionsField(tree.not, field);
	return tree.field === field;
}
