import { TEXT_CHARS_MAX } from "@/app/_ui/clip-text";

const PRETTY_CHARS_MAX = 200_000;
/** Deep JSON of short values would grow a hundredfold. */
const INDENTED_CHARS_MAX = 2 * TEXT_CHARS_MAX;
// Indentation grows with the square of the depth.
const PRETTY_DEPTH_MAX = 100;

/**
 * Indents text that is a JSON object or array and returns anything else untouched. Only white space outside strings
 * changes: long integers, repeated keys and escapes stay as they were sent.
 */
export function prettyJson(text: string): string {
	if (text.length > PRETTY_CHARS_MAX || !/^\s*[[{]/.test(text) || !isJson(text)) return text;
	const out: string[] = [];
	let depth = 0;
	let previous = "";
	let chars = 0;
	// A string, a mark, or a run of anything else that is not white space.
	for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
		const closes = token === "}" || token === "]";
		const afterOpen = previous === "{" || previous === "[";
		if (closes) depth--;
		if (closes ? !afterOpen : afterOpen || previous === ",") {
			out.push("\n", "  ".repeat(depth));
			chars += 1 + 2 * depth;
		}
		out.push(token === ":" ? ": " : token);
		if (token === "{" || token === "[") depth++;
		chars += token.length;
		if (depth > PRETTY_DEPTH_MAX || chars > INDENTED_CHARS_MAX) return text;
		previous = token;
	}
	return out.join("");
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
