import { hasFlag, kindAt, nameAt, type Outline } from "@/lib/traces/outline";

/** A place in two traces: a row of each, or -1 where one of them has no such span. */
export interface AlignedRow {
	a: number;
	b: number;
	depth: number;
}

/**
 * Two traces laid over each other: below the same parent, the first span of a kind and name stands with the first of the
 * other trace, the second with the second, and so on. In the order of the first trace, with what only the second has after
 * what it followed there.
 */
export function alignOutlines(a: Outline, b: Outline): AlignedRow[] {
	const [belowA, belowB] = [childrenOf(a), childrenOf(b)];
	const rows: AlignedRow[] = [];
	const stack = pairUp(a, b, belowA.get(-1) ?? [], belowB.get(-1) ?? [], 0).reverse();
	for (let row = stack.pop(); row; row = stack.pop()) {
		rows.push(row);
		// The top has the number of what is not there.
		const [ofA, ofB] = [row.a < 0 ? [] : belowA.get(row.a), row.b < 0 ? [] : belowB.get(row.b)];
		const kids = pairUp(a, b, ofA ?? [], ofB ?? [], row.depth + 1);
		for (let at = kids.length - 1; at >= 0; at--) {
			const kid = kids[at];
			if (kid) stack.push(kid);
		}
	}
	return rows;
}

function childrenOf(outline: Outline): Map<number, number[]> {
	const children = new Map<number, number[]>();
	for (let row = 0; row < outline.length; row++) {
		const parent = outline.parents[row] ?? -1;
		const known = children.get(parent);
		if (known) known.push(row);
		else children.set(parent, [row]);
	}
	return children;
}

function pairUp(a: Outline, b: Outline, ofA: readonly number[], ofB: readonly number[], depth: number): AlignedRow[] {
	const waiting = new Map<string, number[]>();
	for (const row of ofB) {
		const key = likeness(b, row);
		const known = waiting.get(key);
		if (known) known.push(row);
		else waiting.set(key, [row]);
	}
	const partner = new Map<number, number>();
	const taken = new Set<number>();
	for (const row of ofA) {
		const other = waiting.get(likeness(a, row))?.shift();
		if (other === undefined) continue;
		partner.set(row, other);
		taken.add(other);
	}
	// What only the second trace has, by the paired row that it follows there; -1: it comes first.
	const following = new Map<number, AlignedRow[]>();
	let last = -1;
	for (const row of ofB) {
		if (taken.has(row)) last = row;
		else following.set(last, [...(following.get(last) ?? []), { a: -1, b: row, depth }]);
	}
	return [
		...(following.get(-1) ?? []),
		...ofA.flatMap((row) => {
			const other = partner.get(row) ?? -1;
			return [{ a: row, b: other, depth }, ...(other < 0 ? [] : (following.get(other) ?? []))];
		}),
	];
}

function likeness(outline: Outline, row: number): string {
	return hasFlag(outline, row, "placeholder") ? "missing" : `${kindAt(outline, row)} ${nameAt(outline, row)}`;
}
