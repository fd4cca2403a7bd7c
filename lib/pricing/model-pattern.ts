import { RE2JS } from "re2js";

export const MODEL_PATTERN_LENGTH_MAX = 200;

/** Letters of models' names and the star; `.*` and `.+` are how regular expressions say it. */
const GLOB = /^[\w\-./:@ *]*$/;
const DOTTED_STAR = /\.[*+]/;

const compiled = new Map<string, RE2JS | null>();
const COMPILED_MAX = 1000;

/** Whether a pattern is a name with stars or a regular expression that compiles. */
export function isModelPattern(pattern: string): boolean {
	return isGlob(pattern) || expressionOf(pattern) !== null;
}

/**
 * Whether a model's name fits a pattern, upper and lower case alike. A pattern of nothing but the letters of names and `*`
 * is a glob and stands for the whole name; any other is a regular expression (RE2's syntax) that is looked for in the
 * name. Both take time that grows with their length alone, whoever writes them.
 */
export function fitsModelPattern(pattern: string, text: string): boolean {
	return isGlob(pattern) ? fitsGlob(pattern, text) : (expressionOf(pattern)?.matcher(text).find() ?? false);
}

function isGlob(pattern: string): boolean {
	return GLOB.test(pattern) && !DOTTED_STAR.test(pattern);
}

function expressionOf(pattern: string): RE2JS | null {
	const known = compiled.get(pattern);
	if (known !== undefined) return known;
	let expression: RE2JS | null = null;
	try {
		expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
	} catch {
		// Not a regular expression: fits nothing, and is refused where people enter it.
	}
	if (compiled.size < COMPILED_MAX) compiled.set(pattern, expression);
	return expression;
}

// Each piece between the stars is looked for once, from left to right.
function fitsGlob(pattern: string, text: string): boolean {
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
