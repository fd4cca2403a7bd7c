import type { Operator } from "@/lib/filter/condition";
import type { Token } from "@/lib/filter/tokens";

/** An operator as it stands in a text. */
export interface SpelledOperator {
	op: Operator;
	/** The condition is the opposite: `is unknown` is not `exists`. */
	denied: boolean;
	/** Written in letters, so that it may as well be prose. */
	isWord: boolean;
	/** How many pieces it takes. */
	length: number;
}

const SYMBOLS: readonly Operator[] = ["=", "!=", "<", "<=", ">", ">="];

// Longest first.
const WORDS: readonly (readonly [words: readonly string[], op: Operator, denied?: boolean])[] = [
	[["is", "not", "unknown"], "exists"],
	[["is", "not", "known"], "exists", true],
	[["does", "not", "exist"], "exists", true],
	[["is", "unknown"], "exists", true],
	[["is", "known"], "exists"],
	[["starts", "with"], "starts with"],
	[["ends", "with"], "ends with"],
	[["has", "word"], "has word"],
	[["not", "in"], "not in"],
	[["exists"], "exists"],
	[["contains"], "contains"],
	[["matches"], "matches"],
	[["has"], "has"],
	[["in"], "in"],
];

/** The operator that begins with that piece, whatever field it follows; null when none does. */
export function readOperator(tokens: readonly Token[], at: number): SpelledOperator | null {
	const token = tokens[at];
	const symbol = token?.kind === "symbol" ? SYMBOLS.find((known) => known === token.text) : undefined;
	if (symbol !== undefined) return { op: symbol, denied: false, isWord: false, length: 1 };
	for (const [words, op, denied = false] of WORDS) {
		if (!words.every((word, index) => isWord(tokens[at + index], word))) continue;
		// `tags has word` asks for the tag "word", `name has word x` for the word x.
		if (op === "has word" && !isValue(tokens[at + 2])) continue;
		return { op, denied, isWord: true, length: words.length };
	}
	return null;
}

/** Whether the piece is that word, in any case and without quotes. */
export function isWord(token: Token | undefined, word: string): boolean {
	return token?.kind === "word" && token.text.toLowerCase() === word;
}

function isValue(token: Token | undefined): boolean {
	return token !== undefined && token.kind !== "symbol" && !isWord(token, "and") && !isWord(token, "or");
}
