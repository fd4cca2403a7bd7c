const MESSAGE_CHARS_MAX = 500;
const ECHO_CHARS_MIN = 8;

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
 * Makes a provider's error text fit to be kept: whatever follows "authorization" or "bearer" is redacted, so is any line
 * of what we sent (providers echo prompts), and at most 500 characters stay.
 */
export function scrubError(text: string, sent: readonly string[] = []): string {
	const lines = sent.flatMap((value) => value.split(/\r?\n/)).map((line) => line.trim());
	let scrubbed = text;
	for (const line of [...new Set(lines)].filter((line) => line.length >= ECHO_CHARS_MIN)) {
		scrubbed = scrubbed.replaceAll(line, "[redacted]").replaceAll(JSON.stringify(line).slice(1, -1), "[redacted]");
	}
	return scrubbed.replace(/\b(authorization|bearer)\b[\s\S]*/i, "$1 [redacted]").slice(0, MESSAGE_CHARS_MAX);
}
