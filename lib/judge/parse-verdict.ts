export interface Verdict {
	/** Raw, not clamped to the rule's range; 0 when the answer held none. */
	score: number;
	reason: string;
	parseFailed: boolean;
}

const OPENING_FENCE = /^```(?:json)?[ \t]*\r?\n?/i;
const CLOSING_FENCE = /\r?\n?```$/;
const QUOTE_CHARS_MAX = 200;

/**
 * Reads the judge's answer: JSON, bare or in one code fence, with a numeric `score` and an optional `reason`. An answer
 * without them is a verdict too (score 0, `parseFailed`), for asking again would cost again: the rule of Dokimos.
 */
export function parseVerdict(answer: string): Verdict {
	const text = answer.trim().replace(OPENING_FENCE, "").replace(CLOSING_FENCE, "").trim();
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return unreadable(`Failed to parse judge response: ${quote(answer)}`);
	}
	const score = typeof value === "object" && value !== null && "score" in value ? value.score : undefined;
	if (typeof score !== "number" || !Number.isFinite(score)) {
		return unreadable(`Judge response missing numeric score: ${quote(answer)}`);
	}
	const reason = typeof value === "object" && value !== null && "reason" in value ? value.reason : undefined;
	return { score, reason: typeof reason === "string" ? reason : "No reason provided.", parseFailed: false };
}

function unreadable(reason: string): Verdict {
	return { score: 0, reason, parseFailed: true };
}

function quote(answer: string): string {
	const text = answer.trim();
	return text.length > QUOTE_CHARS_MAX ? `${text.slice(0, QUOTE_CHARS_MAX)}…` : text;
}
