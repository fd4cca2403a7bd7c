import { RE2JS } from "re2js";

const PATTERN_CHARS_MAX = 500;
// RE2 is linear in the text; how much each character costs grows with the program.
const INSTRUCTIONS_MAX = 500;
const FLAGS: Record<string, number> = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL };

/**
 * A pattern in RE2's syntax with flags of `i`, `m` and `s`, or why there is none. It takes time linear in the text that it is
 * looked for in, so none can hang; look-around and back references are what that costs.
 */
export function compilePattern(pattern: string, flags: string): { regex: RE2JS } | { fault: string } {
	if (pattern === "") return { fault: "must not be empty" };
	if (pattern.length > PATTERN_CHARS_MAX) return { fault: `must not have more than ${PATTERN_CHARS_MAX} characters` };
	try {
		const bits = [...flags].reduce((all, flag) => all | (FLAGS[flag] ?? 0), 0);
		const regex = RE2JS.compile(pattern, bits);
		return regex.programSize() > INSTRUCTIONS_MAX ? { fault: "repeats too much" } : { regex };
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "it is malformed";
		return { fault: `is refused by RE2: ${reason}` };
	}
}
