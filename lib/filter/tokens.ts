import { invalidInput } from "@/lib/errors";

/** A piece of a filter's text; `at` and `end` count UTF-16 units. */
export type Token = { at: number; end: number } & (
	| { kind: "word"; text: string }
	| { kind: "quoted"; text: string }
	| { kind: "symbol"; text: string }
);

// `"..."` with the escapes of JSON, or `'...'` with the same ones and \'.
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/y;
const SYMBOL = /!=|<=|>=|[=<>()[\],]/y;
// A quote inside a word is an apostrophe.
const WORD = /(?:[^\s"'()[\],=<>!]|!(?!=))(?:[^\s"()[\],=<>!]|!(?!=))*/y;
const SPACE = /\s+/y;

/** A text in pieces, spaces left out; a quote without an end and an unknown escape are `invalid_input` with their column. */
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	for (let at = 0; at < text.length; ) {
		const space = matchAt(SPACE, text, at);
		if (space !== null) {
			at += space.length;
			continue;
		}
		const token = tokenAt(text, at);
		tokens.push(token);
		at = token.end;
	}
	return tokens;
}

function tokenAt(text: string, at: number): Token {
	const quoted = matchAt(QUOTED, text, at);
	if (quoted !== null) return { kind: "quoted", text: unquote(text, at, quoted), at, end: at + quoted.length };
	const symbol = matchAt(SYMBOL, text, at);
	if (symbol !== null) return { kind: "symbol", text: symbol, at, end: at + symbol.length };
	const word = matchAt(WORD, text, at);
	if (word === null) throw syntaxError(text, at, `the quote ${text[at]} has no end`);
	return { kind: "word", text: word, at, end: at + word.length };
}

function unquote(text: string, at: number, quoted: string): string {
	// JSON has neither single quotes nor bare line breaks, tabs and the like.
	const inner = quoted
		.slice(1, -1)
		.replace(/\\[\s\S]|"/g, (part) => (part === "\\'" ? "'" : part === '"' ? '\\"' : part))
		.replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
	try {
		return JSON.parse(`"${inner}"`);
	} catch {
		throw syntaxError(
			text,
			at,
			'a quoted text knows the escapes \\" \\\\ \\n \\t \\r \\b \\f \\/ and \\u with four hex digits',
		);
	}
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0] ?? null;
}

/** What is wrong with a text, and in which column: characters counted from 1. */
export function syntaxError(text: string, at: number, message: string) {
	return invalidInput(`column ${[...text.slice(0, at)].length + 1}: ${message}`);
}
