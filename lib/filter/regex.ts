import { RE2JS } from "re2js";

const PATTERN_CHARS_MAX = 500;
// Measured: a pattern of 1,000 instructions made for it takes five seconds a megabyte here, and half of them half as long.
const INSTRUCTIONS_MAX = 500;
// RE2 in ClickHouse refuses programs beyond some 350,000 instructions; a character needs a dozen at most, a class more.
const PROGRAM_MAX = 300_000;
const LEAST_WEIGHT = 12;
const RANGE_WEIGHT = 4;

// What RE2 reads alike in C++ and in JavaScript, whatever their versions of Unicode. Not `\B`: in C++ it is found between the
// bytes of a character.
const ESCAPE = /^\\(?:[dDwWsSbAztnrf]|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]{1,6}\}|[!-/:-@[-`{-~])/;
const CLASS_ESCAPE = /^\\(?:[dDwWsStnrf]|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]{1,6}\}|[!-/:-@[-`{-~])/;

/** Letters whose two cases every version of Unicode pairs alike, and characters without case. */
const FOLDED_ALIKE: readonly (readonly [number, number])[] = [
	[0x0, 0x17f],
	[0x370, 0x58f],
	[0x2000, 0x206f],
	[0x2e80, 0x9fff],
	[0xac00, 0xd7a3],
	[0x1f000, 0x1faff],
];

/** A pattern as RE2 reads it here and in ClickHouse, where the dot matches a line break too. Linear in the text, whatever it is. */
export function compileRegex(pattern: string): RE2JS {
	return RE2JS.compile(pattern, RE2JS.DOTALL);
}

/**
 * Why a pattern is refused; null when it is not. Taken is what both engines read alike: no look-around, no back references, no
 * flags but `(?i)` in front, no Unicode classes (`\p`), at most 500 characters and as many instructions.
 */
export function refuseRegex(pattern: string): string | null {
	if (pattern === "") return "must not be empty";
	if (pattern.length > PATTERN_CHARS_MAX) return `a pattern has at most ${PATTERN_CHARS_MAX} characters`;
	if (pattern.includes("\0")) return "write the NUL character as \\x00 in a pattern";
	const caseless = pattern.startsWith("(?i)");
	const read = readPattern(caseless ? pattern.slice(4) : pattern);
	if (typeof read === "string") return read;
	if (caseless && read.points.some(([from, to]) => !isFoldedAlike(from, to))) {
		return "(?i) folds Latin (up to U+017F), Greek, Cyrillic and Armenian letters: write both cases of others as [..]";
	}
	try {
		const size = compileRegex(pattern).programSize();
		const weight = Math.max(LEAST_WEIGHT, read.classChars * RANGE_WEIGHT);
		return size > INSTRUCTIONS_MAX || size * weight > PROGRAM_MAX ? "the pattern repeats too much" : null;
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "it is malformed";
		// The flag that stands for DOTALL.
		return `RE2 refuses the pattern: ${reason.replace("(?s)", "")}`;
	}
}

interface PatternFacts {
	/** Characters that stand for themselves, as ranges. */
	points: [number, number][];
	/** Length of the longest class. */
	classChars: number;
}

function readPattern(pattern: string): PatternFacts | string {
	const facts: PatternFacts = { points: [], classChars: 0 };
	for (let at = 0; at < pattern.length; ) {
		const rest = pattern.slice(at);
		if (rest.startsWith("[")) {
			const length = readClass(rest, facts);
			if (typeof length === "string") return length;
			facts.classChars = Math.max(facts.classChars, length);
			at += length;
		} else if (rest.startsWith("(?")) {
			if (!rest.startsWith("(?:")) return "of the forms `(?...)` only `(?:` is known, and `(?i)` at the beginning";
			at += 3;
		} else {
			const taken = readCharacter(rest, ESCAPE);
			if (typeof taken === "string") return taken;
			if (taken.point !== null) facts.points.push([taken.point, taken.point]);
			at += taken.length;
		}
	}
	return facts;
}

/** Length of the class in front. */
function readClass(rest: string, facts: PatternFacts): number | string {
	let at = rest.startsWith("[^") ? 2 : 1;
	let first = true;
	while (first || rest[at] !== "]") {
		if (at >= rest.length) return "a class `[` has no end";
		if (rest[at] === "[" || (rest[at] === "]" && first)) return `write \\${rest[at]} inside a class`;
		first = false;
		const from = readCharacter(rest.slice(at), CLASS_ESCAPE);
		if (typeof from === "string") return from;
		at += from.length;
		if (rest[at] !== "-" || rest[at + 1] === "]" || from.point === null) {
			if (from.point !== null) facts.points.push([from.point, from.point]);
			continue;
		}
		const to = readCharacter(rest.slice(at + 1), CLASS_ESCAPE);
		if (typeof to === "string") return to;
		if (to.point === null) return "a range in a class has a character at either end";
		facts.points.push([from.point, to.point]);
		at += 1 + to.length;
	}
	return at + 1;
}

/** The character in front: its length, and its code point unless it stands for several. */
function readCharacter(rest: string, escapes: RegExp): { length: number; point: number | null } | string {
	if (!rest.startsWith("\\")) {
		const point = rest.codePointAt(0) ?? 0;
		return { length: point > 0xffff ? 2 : 1, point };
	}
	const [taken] = escapes.exec(rest) ?? [];
	if (taken === undefined) return `\`${[...rest].slice(0, 2).join("")}\` is not known in a pattern`;
	const hex = /^\\x\{?([0-9A-Fa-f]+)/.exec(taken)?.[1];
	const point = hex === undefined ? null : Number.parseInt(hex, 16);
	if (point !== null && (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)))
		return `\`${taken}\` is no character`;
	return { length: taken.length, point: point ?? (/^\\[!-/:-@[-`{-~]/.test(taken) ? taken.charCodeAt(1) : null) };
}

function isFoldedAlike(from: number, to: number): boolean {
	return FOLDED_ALIKE.some(([first, last]) => from >= first && to <= last);
}
