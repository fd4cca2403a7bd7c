import type { FilterTree } from "@/lib/filter/filter";
import { matchSpan } from "@/lib/filter/match-span";
import type { Span } from "@/lib/span/span";

/** The part of a filter that a span does not fit: the first such condition where all must hold. Null when it fits. */
export function explainMiss(tree: FilterTree, span: Span, now: Date): FilterTree | null {
	if (matchSpan(tree, span, now)) return null;
	if (!("and" in tree)) return tree;
	for (const part of tree.and) {
		const miss = explainMiss(part, span, now);
		if (miss) return miss;
	}
	return tree;
}
