import { hasFlag, type Outline } from "@/lib/traces/outline";

export type Jump = "error" | "slowest" | "costliest" | "previousSibling" | "nextSibling" | "parent" | "firstChild";

/** Where a jump from a row leads; -1 when there is no such row. */
export function jumpTarget(outline: Outline, row: number, jump: Jump): number {
	switch (jump) {
		case "error":
			return nextFailed(outline, row);
		case "slowest":
			return greatest(outline, outline.durations, (at) => outline.below[at] === 0);
		case "costliest":
			return greatest(outline, outline.costs, (at) => (outline.costs[at] ?? -1) > 0);
		case "parent":
			return outline.parents[row] ?? -1;
		case "firstChild":
			return (outline.below[row] ?? 0) > 0 ? row + 1 : -1;
		case "nextSibling":
			return sibling(outline, row, row + 1 + (outline.below[row] ?? 0));
		case "previousSibling":
			return previousSibling(outline, row);
	}
}

/** The first failed row after the given one, beginning anew at the top. */
function nextFailed(outline: Outline, row: number): number {
	for (let step = 1; step <= outline.length; step++) {
		const at = (row + step) % outline.length;
		if (hasFlag(outline, at, "failed")) return at;
	}
	return -1;
}

/** What takes long or costs much is sought where the work is done: the spans above only contain it. */
function greatest(outline: Outline, column: Float64Array, counts: (row: number) => boolean): number {
	let best = -1;
	for (let row = 0; row < outline.length; row++) {
		if (counts(row) && (column[row] ?? -1) >= 0 && (best < 0 || (column[row] ?? 0) > (column[best] ?? 0))) best = row;
	}
	return best;
}

function previousSibling(outline: Outline, row: number): number {
	const depth = outline.depths[row] ?? 0;
	for (let at = row - 1; at >= 0 && (outline.depths[at] ?? 0) >= depth; at--)
		if (outline.depths[at] === depth) return at;
	return -1;
}

function sibling(outline: Outline, row: number, at: number): number {
	return at < outline.length && outline.depths[at] === outline.depths[row] ? at : -1;
}
