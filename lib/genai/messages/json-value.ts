export type JsonRecord = Record<string, unknown>;

/** Nesting that a value may have and still be written as JSON again; the decoders of OTLP draw the same line. */
const JSON_DEPTH_MAX = 256;
/** Text that nests deeper opens and closes more than that often. */
const DEEP_CHARS_MIN = 2 * (JSON_DEPTH_MAX + 1);

/** `{`, `[` and `"`. */
const OPENERS = new Set([0x7b, 0x5b, 0x22]);

/**
 * The value of JSON text. Text that does not open an object, a list or a string, that does not parse (senders cut it), or
 * that nests deeper than 256 comes back as it is with `parsed: false`. Never throws.
 */
export function parseLoose(text: string): { value: unknown; parsed: boolean } {
	if (looksLikeJson(text)) {
		try {
			const value: unknown = JSON.parse(text);
			if (text.length < DEEP_CHARS_MIN || !nestsDeeper(value, JSON_DEPTH_MAX)) return { value, parsed: true };
		} catch {}
	}
	return { value: text, parsed: false };
}

/** Whether text opens like a JSON object, list or string. */
export function looksLikeJson(text: string): boolean {
	return OPENERS.has(text.charCodeAt(0)) || (isBlankAt(text, 0) && OPENERS.has(text.trimStart().charCodeAt(0)));
}

/** The value inside JSON text, any other value as it is. */
export function unpacked(value: unknown): unknown {
	return typeof value === "string" ? parseLoose(value).value : value;
}

/** Text as it is, every other value as compact JSON; empty for what JSON cannot write. */
export function jsonText(value: unknown): string {
	if (typeof value === "string") return value;
	try {
		return JSON.stringify(value) ?? "";
	} catch {
		return "";
	}
}

export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of the first key that has one; null counts as none. */
export function firstOf(record: JsonRecord, keys: readonly string[]): unknown {
	for (const key of keys) {
		const value = record[key];
		if (value !== undefined && value !== null) return value;
	}
	return undefined;
}

/** The text of the first key that holds some; an id or a name sent as a number becomes text. */
export function firstTextOf(record: JsonRecord, keys: readonly string[]): string | undefined {
	for (const key of keys) {
		const value = record[key];
		if (typeof value === "string" && value !== "") return value;
		if (typeof value === "number") return String(value);
	}
	return undefined;
}

function isBlankAt(text: string, index: number): boolean {
	const code = text.charCodeAt(index);
	return code === 32 || code === 10 || code === 13 || code === 9;
}

function nestsDeeper(value: unknown, levels: number): boolean {
	if (typeof value !== "object" || value === null) return false;
	if (levels === 0) return true;
	if (Array.isArray(value)) {
		for (const entry of value) {
			if (typeof entry === "object" && nestsDeeper(entry, levels - 1)) return true;
		}
		return false;
	}
	for (const key in value) {
		const entry = (value as JsonRecord)[key];
		if (typeof entry === "object" && nestsDeeper(entry, levels - 1)) return true;
	}
	return false;
}
