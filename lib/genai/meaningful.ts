/** What senders leave where they hid something. */
const REDACTIONS = ["<REDACTED>", "[REDACTED]", "__REDACTED__"];

const PLACEHOLDERS = new Set([
	...REDACTIONS,
	"{}",
	"[]",
	'""',
	"null",
	"None",
	"N/A",
	"<not serializable>",
	"<not specified>",
]);
const PLACEHOLDER_CHARS_MAX = 24;
const PLACEHOLDER_HEADS = new Set([...PLACEHOLDERS].map((placeholder) => placeholder.charCodeAt(0)));

/** Whether a sender hid what stood here. */
export function isRedacted(value: unknown): boolean {
	return typeof value === "string" && value.length <= PLACEHOLDER_CHARS_MAX && REDACTIONS.includes(value.trim());
}

/** Whether a plain value says anything: blanks, empty structures and the marks that senders leave for "hidden" do not. */
export function isMeaningful(value: unknown): boolean {
	if (typeof value === "string") return isMeaningfulText(value);
	if (value === null || value === undefined) return false;
	if (Array.isArray(value)) return value.length > 0;
	if (value instanceof Map) return value.size > 0;
	if (typeof value === "object") {
		for (const _ in value) return true;
		return false;
	}
	return true;
}

function isMeaningfulText(text: string): boolean {
	const head = text.charCodeAt(0);
	if (text.length > PLACEHOLDER_CHARS_MAX) return isGraphic(head) || /\S/.test(text);
	if (isGraphic(head) && !PLACEHOLDER_HEADS.has(head)) return true;
	const trimmed = text.trim();
	return trimmed !== "" && !PLACEHOLDERS.has(trimmed);
}

/** Whether a character of ASCII leaves ink: what most texts begin with. */
function isGraphic(code: number): boolean {
	return code > 32 && code < 127;
}

/**
 * A count or amount: a finite number from 0 on, or text of one. Null for anything else: senders write -1, "" and NaN for
 * "not known", and text with separators is not guessed at.
 */
export function readNumber(value: unknown): number | null {
	if (typeof value === "string" && !/^\s*\d+(\.\d+)?([eE][-+]?\d+)?\s*$/.test(value)) return null;
	const number = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
	return Number.isFinite(number) && number >= 0 ? number : null;
}

/** A count: a whole number from 0 on that a number holds exactly, or text of one. */
export function readCount(value: unknown): number | null {
	const number = readNumber(value);
	return number !== null && Number.isSafeInteger(number) ? number : null;
}
