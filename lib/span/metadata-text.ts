/**
 * A metadata value as the text that filters compare with: text as it is, everything else as compact JSON; undefined for what
 * JSON does not have.
 */
export function metadataText(value: unknown): string | undefined {
	return typeof value === "string" ? value.toWellFormed() : JSON.stringify(value);
}
