import { AppError, invalidInput } from "@/lib/errors";
import { LIMITS } from "@/lib/otlp/limits";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LIST = 0x5b;
const OBJECT = 0x7b;

/** Bytes that an object or list takes at least, with the comma to the next one. */
const STRUCTURE_BYTES_MIN = 3;

/**
 * The text of a JSON body: UTF-8, with or without a byte order mark; what is no UTF-8 becomes U+FFFD. A body in UTF-16 or
 * UTF-32 is `invalid_input`, one of far more objects than any sender writes `payload_too_large`: parsed, it would take
 * more memory than there is.
 */
export function readJsonText(body: Buffer): string {
	if (isWide(body)) throw invalidInput("Malformed body: it is UTF-16 or UTF-32, and JSON must be UTF-8");
	if (body.length > LIMITS.jsonStructures * STRUCTURE_BYTES_MIN) refuseTooManyStructures(body);
	return new TextDecoder().decode(body);
}

// JSON starts with an ASCII character, so a NUL or a byte order mark among the first two bytes gives wide characters away.
function isWide(body: Buffer): boolean {
	const [first = 1, second = 1] = body;
	return first === 0 || second === 0 || (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
}

function refuseTooManyStructures(body: Buffer): void {
	let structures = 0;
	for (let at = 0; at < body.length; at++) {
		const byte = body[at];
		if (byte === QUOTE) at = endOfText(body, at);
		else if ((byte === OBJECT || byte === LIST) && ++structures > LIMITS.jsonStructures) {
			throw new AppError(
				"payload_too_large",
				`The body holds more than ${LIMITS.jsonStructures} objects and lists: send smaller batches`,
			);
		}
	}
}

/** Where the text that starts at `start` has its closing quote. */
function endOfText(body: Buffer, start: number): number {
	let at = start + 1;
	while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
	return at;
}
