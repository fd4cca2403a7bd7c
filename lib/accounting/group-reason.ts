const REASON_CHARS_MAX = 200;
const SENDER_CHARS_MAX = 200;
const SAMPLE_CHARS_MAX = 80;
const READ_CHARS_MAX = 4000;

/**
 * The reason without what tells one span from another, so that equal mistakes are counted together:
 * `attributes[12].value is not an integer` -> `attributes[].value is not an integer`. At most 200 characters.
 */
export function groupReason(reason: string): string {
	const read = reason.slice(0, READ_CHARS_MAX);
	const general = read.replace(/\[[^[\]]*\]/g, "[]").replace(/\{[^{}]*\}/g, "{}");
	return cut(general, REASON_CHARS_MAX) || "no reason given";
}

/** Who sent it, at most 200 characters. */
export const senderText = (sender: string): string => cut(sender, SENDER_CHARS_MAX);

/** The id as given, at most 80 characters. */
export const sampleText = (id: string): string => cut(id, SAMPLE_CHARS_MAX);

// ClickHouse refuses the whole block for half a character.
function cut(text: string, chars: number): string {
	return text.trim().slice(0, chars).toWellFormed();
}
