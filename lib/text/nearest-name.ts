const NAME_CHARS_MAX = 64;

/** The known name that differs least from what was typed, letter case apart; null when none is close. */
export function nearestName(typed: string, names: readonly string[]): string | null {
	if (typed.length > NAME_CHARS_MAX) return null;
	const wanted = typed.toLowerCase();
	// A third of the letters may be wrong: more, and the guess says nothing.
	let best = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	let nearest: string | null = null;
	for (const name of names) {
		const distance = editDistance(wanted, name.toLowerCase());
		if (distance < best) [best, nearest] = [distance, name];
	}
	return nearest;
}

/** ": did you mean `model`?", or nothing. */
export function didYouMean(typed: string, names: readonly string[]): string {
	const nearest = nearestName(typed, names);
	return nearest === null ? "" : `: did you mean \`${nearest}\`?`;
}

// Letters left out, added, replaced or swapped with their neighbour count one each.
function editDistance(left: string, right: string): number {
	let before: number[] = [];
	let row = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let i = 1; i <= left.length; i++) {
		const next = [i];
		for (let j = 1; j <= right.length; j++) {
			const same = left[i - 1] === right[j - 1];
			const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
			next[j] = Math.min(
				(row[j] ?? 0) + 1,
				(next[j - 1] ?? 0) + 1,
				(row[j - 1] ?? 0) + (same ? 0 : 1),
				swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
			);
		}
		[before, row] = [row, next];
	}
	return row[right.length] ?? 0;
}
