/** A spreadsheet takes what begins so for a formula, wherever the text came from. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;
const SPECIAL = /[",\r\n]/;

/**
 * One line of CSV (RFC 4180). Numbers stay numbers, null is empty, and a text that a spreadsheet would run as a formula
 * begins with an apostrophe.
 */
export function csvLine(values: readonly (string | number | null)[]): string {
	return `${values.map(csvValue).join(",")}\r\n`;
}

function csvValue(value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const safe = FORMULA.test(value) ? `'${value}` : value;
	return SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
