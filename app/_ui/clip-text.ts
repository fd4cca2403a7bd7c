/** The most of one text that a page carries. A text of 200 KB is still whole. */
export const TEXT_CHARS_MAX = 256 * 1024;
/** The most of a text that is meant as one line: a name, a key, a fact. */
export const LINE_CHARS_MAX = 2_000;

export interface ClippedText {
	shown: string;
	/** UTF-16 code units that are not shown; 0 when the text is whole. */
	cutChars: number;
}

/** The beginning of a text, at most `charsMax` UTF-16 code units and never half a surrogate pair. */
export function clipText(text: string, charsMax: number = TEXT_CHARS_MAX): ClippedText {
	if (text.length <= charsMax) return { shown: text, cutChars: 0 };
	const end = charsMax > 0 && isPair(text, charsMax - 1) ? charsMax - 1 : charsMax;
	return { shown: text.slice(0, end), cutChars: text.length - end };
}

function isPair(text: string, at: number): boolean {
	return (text.codePointAt(at) ?? 0) > 0xffff;
}
