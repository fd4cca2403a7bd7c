const MESSAGE_CHARS_MAX = 500;
const READ_CHARS_MAX = 2000;
const ECHO_CHARS_MIN = 12;
const WHOLE_CHARS_MIN = 8;
const REDACTED = "[redacted]";

/** A call to a model that gave no answer. */
export class ModelError extends Error {
	override readonly name = "ModelError";
	/** The same call may succeed later. */
	readonly retryable: boolean;

	constructor(message: string, retryable: boolean) {
		super(message);
		this.retryable = retryable;
	}
}

export function isModelError(error: unknown): error is ModelError {
	return error instanceof Error && error.name === "ModelError" && "retryable" in error;
}

/**
 * Makes a provider's error text fit to be kept: whatever follows "authorization" or "bearer" is redacted, so is every piece
 * of what we sent (providers echo prompts), and at most 500 characters stay.
 */
export function scrubError(text: string, sent: readonly string[] = [], keys: readonly string[] = []): string {
	let scrubbed = text.slice(0, READ_CHARS_MAX);
	for (const key of keys) if (key) scrubbed = scrubbed.replaceAll(key, REDACTED);
	for (const content of sent) {
		const whole = content.trim();
		if (whole.length >= WHOLE_CHARS_MIN) scrubbed = scrubbed.replaceAll(whole, REDACTED);
		scrubbed = redactEchoes(scrubbed, `${content}\n${JSON.stringify(content)}`);
	}
	return scrubbed.replace(/\b(authorization|bearer)\b[\s\S]*/i, `$1 ${REDACTED}`).slice(0, MESSAGE_CHARS_MAX);
}

// Runs of characters that also stand in what was sent, cut or quoted differently as they may be.
function redactEchoes(text: string, sent: string): string {
	let result = "";
	for (let at = 0; at < text.length; ) {
		let end = at + ECHO_CHARS_MIN;
		if (end > text.length || !sent.includes(text.slice(at, end))) {
			result += text[at++];
			continue;
		}
		while (end < text.length && sent.includes(text.slice(at, end + 1))) end++;
		result += REDACTED;
		at = end;
	}
	return result;
}
