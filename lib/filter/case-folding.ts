/**
 * Patterns that find a text whatever its letters' case. Both sides get the variants of each letter written out and so need no
 * tables of their own: ClickHouse's and Node's are of different versions of Unicode.
 */

// Where letters of two cases end: beyond are scripts without case, symbols and pictures.
const LAST_CASED = 0x1e943;
// They fold to ASCII letters, which would make every search for `k` or `s` leave the fast path for the Kelvin sign.
const APART = new Set(["\u017f", "\u212a", "\u0130", "\u0131"]);

let variants: ReadonlyMap<string, readonly string[]> | undefined;

/** Every spelling of a character in upper and lower case, itself included. One letter stays one: ß is not ss. */
function variantsOf(character: string): readonly string[] {
	variants ??= collectVariants();
	return variants.get(character) ?? [character];
}

function collectVariants(): Map<string, readonly string[]> {
	const byFold = new Map<string, string[]>();
	for (let point = 0x41; point <= LAST_CASED; point++) {
		const character = String.fromCodePoint(point);
		const upper = only(character.toUpperCase(), character);
		const fold = only(upper.toLowerCase(), upper);
		if (APART.has(character) || (fold === character && upper === character)) continue;
		const group = byFold.get(fold);
		if (group) group.push(character);
		else byFold.set(fold, [character]);
	}
	const found = new Map<string, readonly string[]>();
	for (const group of byFold.values()) for (const member of group) found.set(member, group);
	return found;
}

// Some letters become several in the other case.
function only(text: string, otherwise: string): string {
	return [...text].length === 1 ? text : otherwise;
}

/** Whether the text is ASCII, so that folding its 26 letters is all there is to fold. */
export function isAscii(text: string): boolean {
	for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
	return true;
}

/** An RE2 pattern that finds the text in any case. */
export function anyCasePattern(text: string): string {
	return [...text]
		.map((character) => {
			const spellings = variantsOf(character).map(escaped);
			return spellings.length === 1 ? spellings[0] : `[${spellings.join("")}]`;
		})
		.join("");
}

// Punctuation, spaces and symbols beyond ASCII, as ranges that no version of Unicode changes.
const SEPARATORS =
	"\\x{80}-\\x{a9}\\x{ab}-\\x{b1}\\x{b4}\\x{b6}-\\x{b8}\\x{bb}\\x{bf}\\x{d7}\\x{f7}\\x{2000}-\\x{206f}\\x{20a0}-\\x{20cf}" +
	"\\x{2190}-\\x{2bff}\\x{2e00}-\\x{2e7f}\\x{3000}-\\x{3004}\\x{3008}-\\x{3020}\\x{fe10}-\\x{fe6f}\\x{ff01}-\\x{ff0f}" +
	"\\x{ff1a}-\\x{ff20}\\x{ff3b}-\\x{ff40}\\x{ff5b}-\\x{ff65}\\x{1f000}-\\x{1faff}";
const SEPARATOR = `[\\x{0}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{7f}${SEPARATORS}]`;
const IS_SEPARATOR = new RegExp(SEPARATOR.replaceAll("\\x{", "\\u{"), "u");

/**
 * An RE2 pattern that finds the text in any case as a word, or words: what stands next to it is a space, punctuation, a symbol
 * or an end. An edge of the text that is itself no letter, digit or underscore may touch anything.
 */
export function wordPattern(text: string): string {
	const characters = [...text];
	const before = IS_SEPARATOR.test(characters[0] ?? "") ? "" : `(?:^|${SEPARATOR})`;
	const after = IS_SEPARATOR.test(characters.at(-1) ?? "") ? "" : `(?:${SEPARATOR}|$)`;
	return `${before}${anyCasePattern(text)}${after}`;
}

function escaped(character: string): string {
	return /^[A-Za-z0-9]$/.test(character) ? character : `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
