export interface Verdict {
	/** Raw, not clamped to the rule's range; 0 when the answer held none. */
	score: number;
	reason: string;
	parseFailed: boolean;
}

const THOUGHTS = /^\s*<think>[\s\S]*?<\/think>/;
const OPENING_FENCE = /^```(?:json)?[ \t]*\r?\n?/i;
const CLOSING_FENCE = /\r?\n?```$/;
const QUOTE_CHARS_MAX = 200;
// Of an answer full of braces, so many are tried, and none that is longer than any verdict.
const OBJECTS_MAX = 100;
const OBJECT_CHARS_MAX = 50_000;

/**
 * Reads the judge's answer: JSON with a numeric `score` and an optional `reason`, bare, in a code fence, or as the first
 * such object within other text. An answer without one is a verdict too (score 0, `parseFailed`), for asking again would
 * cost again: the rule of Dokimos.
 */
export function parseVerdict(answer: string): Verdict {
	const text = answer.replace(THOUGHTS, "").trim().replace(OPENING_FENCE, "").replace(CLOSING_FENCE, "").trim();
	const whole = parseJson(text);
	if (whole) return verdictOf(whole.value) ?? unreadable(`Judge response missing numeric score: ${quote(answer)}`);
	for (const value of objectsIn(text)) {
		const verdict = verdictOf(value);
		if (verdict) return verdict;
	}
	return unreadable(`Failed to parse judge response: ${quote(answer)}`);
}

function verdictOf(value: unknown): Verdict | null {
	const score = typeof value === "object" && value !== null && "score" in value ? value.score : undefined;
	if (typeof score !== "number" || !Number.isFinite(score)) return null;
	const reason = typeof value === "object" && value !== null && "reason" in value ? value.reason : undefined;
	return { score, reason: typeof reason === "string" ? reason : "No reason provided.", parseFailed: false };
}

/** The JSON objects that stand in a text side by side, in order; not those inside of others. */
function* objectsIn(text: string): Generator<unknown> {
	let start = text.indexOf("{");
	for (let tried = 0; start >= 0 && tried < OBJECTS_MAX; tried++) {
		const end = endOfObject(text, start);
		const found = end === null ? null : parseJson(text.slice(start, end));
		if (found) yield found.value;
		start = text.indexOf("{", found && end !== null ? end : start + 1);
	}
}

/** Behind the brace that closes the one at `start`, braces in strings apart; null when none does. */
function endOfObject(text: string, start: number): number | null {
	let depth = 0;
	let quoted = false;
	const last = Math.min(text.length, start + OBJECT_CHARS_MAX);
	for (let at = start; at < last; at++) {
		const character = text[at];
		if (character === "\\" && quoted) at++;
		else if (character === '"') quoted = !quoted;
		else if (quoted) continue;
		else if (character === "{") depth++;
		else if (character === "}" && --depth === 0) return at + 1;
	}
	return null;
}

function parseJson(text: string): { value: unknown } | null {
	try {
		return { value: JSON.parse(text) };
	} catch {
		return null;
	}
}

function unreadable(reason: string): Verdict {
	return { score: 0, reason, parseFailed: true };
}

function quote(answer: string): string {
	const text = answer.trim();
	return text.length > QUOTE_CHARS_MAX ? `${text.slice(0, QUOTE_CHARS_MAX)}…` : text;
}
