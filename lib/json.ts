import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { invalidInput } from "@/lib/errors";

/**
 * Parses JSON text. Failure is `invalid_input` with the position and no piece of the text: the engine's own message quotes
 * the body, which may be somebody's prompt.
 */
export function parseJson(text: string, what = "body"): unknown {
	try {
		return JSON.parse(text);
	} catch {
		const errors: ParseError[] = [];
		try {
			parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
		} catch {
			throw invalidInput(`Malformed ${what}: invalid JSON, nested too deep`); // It recurses; the stack ended.
		}
		const first = errors[0];
		const offset = first?.offset ?? text.length;
		const before = text.slice(0, offset);
		const line = before.split("\n").length;
		const column = offset - before.lastIndexOf("\n");
		const reason = first
			? printParseErrorCode(first.error)
					.replace(/([a-z])([A-Z])/g, "$1 $2")
					.toLowerCase()
			: "not JSON";
		throw invalidInput(
			`Malformed ${what}: invalid JSON at position ${offset} (line ${line}, column ${column}): ${reason}`,
		);
	}
}
