import type { Outline } from "@/lib/traces/outline";

/**
 * The rows that the length of the trace hangs on: of each span on the path, from its end backwards, the child that ended last
 * before the moment reached, then what ended last before that child began. 1 for a row on the path.
 */
export function criticalPath(outline: Outline): Uint8Array {
	const onPath = new Uint8Array(outline.length);
	const children = childrenByEnd(outline);
	const stack: { parent: number; until: number }[] = [{ parent: -1, until: Number.POSITIVE_INFINITY }];
	for (let work = stack.pop(); work; work = stack.pop()) {
		let { until } = work;
		for (const row of children.get(work.parent) ?? []) {
			const start = outline.starts[row] ?? -1;
			const end = start + (outline.durations[row] ?? -1);
			if (end > until || start >= until) continue;
			onPath[row] = 1;
			stack.push({ parent: row, until: end });
			until = start;
		}
	}
	return onPath;
}

/** Children with both times known by parent (-1: the top), the latest end first. */
function childrenByEnd({ parents, starts, durations, length }: Outline): Map<number, number[]> {
	const children = new Map<number, number[]>();
	for (let row = 0; row < length; row++) {
		if ((starts[row] ?? -1) < 0 || (durations[row] ?? -1) < 0) continue;
		const parent = timedAncestor(row);
		const known = children.get(parent);
		if (known) known.push(row);
		else children.set(parent, [row]);
	}
	const endOf = (row: number) => (starts[row] ?? 0) + (durations[row] ?? 0);
	for (const rows of children.values()) rows.sort((a, b) => endOf(b) - endOf(a) || a - b);
	return children;

	// A parent that has not arrived, or told no times, is passed over.
	function timedAncestor(row: number): number {
		let parent = parents[row] ?? -1;
		while (parent >= 0 && ((starts[parent] ?? -1) < 0 || (durations[parent] ?? -1) < 0)) parent = parents[parent] ?? -1;
		return parent;
	}
}
