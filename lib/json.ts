import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { invalidInput } from "@/lib/errors";

/**
 * Parses JSON text. Failure is `invalid_input` with the position and no piece of the text: the engine's own message quotes
 * the body, which may be somebody's prompt.
 */
export function parseJson(text: string, what = "body"): unknown {
	try {
		return JSON.parse(text);
	} catch {
		const first = firstMistake(text, what);
		const offset = first?.offset ?? text.length;
		const before = text.slice(0, offset);
		const line = before.split("\n").length;
		const column = offset - before.lastIndexOf("\n");
		const reason = first
			? printParseErrorCode(first.code)
					.replace(/([a-z])([A-Z])/g, "$1 $2")
					.toLowerCase()
			: "not JSON";
		throw invalidInput(
			`Malformed ${what}: invalid JSON at position ${offset} (line ${line}, column ${column}): ${reason}`,
		);
	}
}

/** Thrown to leave the visit: what comes after the first mistake does not matter, and may be long. */
class Mistake extends Error {
	constructor(
		readonly code: ParseErrorCode,
		readonly offset: number,
	) {
		super();
	}
}

function firstMistake(text: string, what: string): Mistake | null {
	const onError = (code: ParseErrorCode, offset: number) => {
		throw new Mistake(code, offset);
	};
	try {
		visit(text, { onError }, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
		return null;
	} catch (error) {
		if (error instanceof Mistake) return error;
		throw invalidInput(`Malformed ${what}: invalid JSON, nested too deep`); // It recurses; the stack ended.
	}
}
