/** Where a text stands in another one that is stored beside it. */
export interface TextSlice {
	/** First byte, counted from 1; 0 when there is none. */
	at: number;
	/** Bytes, as written inside a JSON string; WHOLE when the text is the other one as it stands, 0 when there is none. */
	length: number;
}

export const NO_SLICE: TextSlice = { at: 0, length: 0 };
export const WHOLE = 0xffffffff;

// A search must not take longer than what it saves: texts of megabytes are stored as they are.
const SEARCHED_CHARS_MAX = 1_000_000;
const PROBE_CHARS = 64;
const PROBES_MAX = 8;
// What JSON escapes in a well-formed text. To look for it takes a sixth of what JSON.stringify does.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them.
const ESCAPED = /["\\\u0000-\u001f]/;

/** Where `text` stands in `raw`: as all of it, or as the content of a JSON string in it, the last such place. */
export function findSlice(text: string, raw: string): TextSlice {
	if (text === raw) return { at: 1, length: WHOLE };
	if (text.length > raw.length || raw.length > SEARCHED_CHARS_MAX || !text.isWellFormed()) return NO_SLICE;
	const escaped = ESCAPED.test(text) ? JSON.stringify(text).slice(1, -1) : text;
	// The head first: looking for all of a long text backwards takes the product of both lengths in the worst case.
	const head = escaped.slice(0, PROBE_CHARS);
	let from = raw.length - escaped.length;
	for (let probe = 0; probe < PROBES_MAX && from >= 0; probe++) {
		const found = raw.lastIndexOf(head, from);
		if (found < 0) return NO_SLICE;
		if (raw.startsWith(escaped, found)) {
			return { at: Buffer.byteLength(raw.slice(0, found)) + 1, length: Buffer.byteLength(escaped) };
		}
		from = found - 1;
	}
	return NO_SLICE;
}

/** The text that `findSlice` found. */
export function readSlice({ at, length }: TextSlice, raw: string): string {
	if (length === WHOLE) return raw;
	const escaped = Buffer.from(raw).toString("utf8", at - 1, at - 1 + length);
	return JSON.parse(`"${escaped}"`);
}
