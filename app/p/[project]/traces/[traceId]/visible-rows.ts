import { idAt, nameAt, type Outline } from "@/lib/traces/outline";

/** The rows of an outline that are in sight, from top to bottom: those that no folded row hides. */
export function visibleRows(outline: Outline, folded: ReadonlySet<string>): number[] {
	const rows: number[] = [];
	for (let row = 0; row < outline.length; row++) {
		rows.push(row);
		const below = outline.below[row] ?? 0;
		if (folded.size > 0 && below > 0 && folded.has(idAt(outline, row))) row += below;
	}
	return rows;
}

/** The rows whose name has the text, whatever its case. */
export function matchingRows(outline: Outline, text: string): number[] {
	const needle = text.trim().toLowerCase();
	if (needle === "") return [];
	const fits = outline.names.map((name) => name.toLowerCase().includes(needle));
	const rows: number[] = [];
	for (let row = 0; row < outline.length; row++) {
		if (fits[outline.nameAt[row] ?? -1] || idAt(outline, row) === needle) rows.push(row);
	}
	return rows;
}

/** The given rows with what stands above each, so that they still read as an outline. */
export function withAncestors(outline: Outline, rows: readonly number[]): number[] {
	const wanted = new Set<number>();
	for (const row of rows) {
		for (let at = row; at >= 0 && !wanted.has(at); at = outline.parents[at] ?? -1) wanted.add(at);
	}
	return [...wanted].sort((a, b) => a - b);
}

/** Ids of all rows that have some below them, from a depth on: folded, no deeper level is in sight. */
export function foldableFrom(outline: Outline, depth: number): Set<string> {
	const ids = new Set<string>();
	for (let row = 0; row < outline.length; row++) {
		if ((outline.below[row] ?? 0) > 0 && (outline.depths[row] ?? 0) >= depth) ids.add(idAt(outline, row));
	}
	return ids;
}

/** What is folded without those rows that would hide the given one. */
export function revealing(outline: Outline, folded: ReadonlySet<string>, row: number): ReadonlySet<string> {
	const next = new Set(folded);
	for (let at = outline.parents[row] ?? -1; at >= 0; at = outline.parents[at] ?? -1) next.delete(idAt(outline, at));
	return next.size === folded.size ? folded : next;
}

/** The name to show of a row, also of one that stands for a parent that has not arrived. */
export function rowName(outline: Outline, row: number): string {
	return (outline.nameAt[row] ?? -1) < 0 ? "Parent not received" : nameAt(outline, row);
}
