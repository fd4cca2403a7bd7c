export const MODEL_PATTERN_LENGTH_MAX = 200;

/**
 * Whether the whole text fits a pattern in which `*` stands for any text, upper and lower case alike. A glob and not a
 * regular expression: whoever writes the pattern cannot make matching slow, for each piece between the stars is looked
 * for once, from left to right.
 */
export function fitsModelPattern(pattern: string, text: string): boolean {
	const pieces = pattern.toLowerCase().split("*");
	const subject = text.toLowerCase();
	const first = pieces[0] ?? "";
	if (pieces.length === 1) return subject === first;
	const last = pieces.at(-1) ?? "";
	if (!subject.startsWith(first) || !subject.endsWith(last)) return false;
	const end = subject.length - last.length;
	let position = first.length;
	for (const piece of pieces.slice(1, -1)) {
		const found = subject.indexOf(piece, position);
		if (found < 0) return false;
		position = found + piece.length;
	}
	return position <= end;
}
