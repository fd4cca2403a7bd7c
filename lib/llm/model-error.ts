const MESSAGE_CHARS_MAX = 500;
const READ_CHARS_MAX = 2000;
const ECHO_CHARS_MIN = 12;
const WHOLE_CHARS_MIN = 8;
const REDACTED = "[redacted]";

/** Why a call to a model gave no answer. */
export type ModelErrorKind =
	/** Too many calls at the moment. */
	| "rate_limited"
	/** The provider is in trouble or busy: 5xx, 409, 425. */
	| "overloaded"
	| "timeout"
	/** No connection, or one that broke. */
	| "network"
	/** A success whose body holds no text of the protocol. */
	| "bad_reply"
	/** The key is wrong or may not do this. */
	| "unauthorised"
	/** The account's money or plan is used up; waiting does not help. */
	| "quota"
	/** The request as such, or a redirect. */
	| "refused"
	/** Not the request but the form of answer that it asks for: it may be asked in another one. */
	| "form_refused"
	/** No such model or path. */
	| "not_found"
	/** Not called: this server does not call that place. */
	| "blocked_by_guard";

const RETRYABLE: ReadonlySet<ModelErrorKind> = new Set([
	"rate_limited",
	"overloaded",
	"timeout",
	"network",
	"bad_reply",
] as const);

// Kinds that say something about the connection, not about one call: the next call will end the same way.
const OF_CONNECTION: ReadonlySet<ModelErrorKind> = new Set(["unauthorised", "quota", "blocked_by_guard"] as const);

/**
 * A call to a model that gave no answer. The message may quote the provider, who may quote what it was sent: `scrubError`
 * makes it fit to be kept or shown.
 */
export class ModelError extends Error {
	override readonly name = "ModelError";
	readonly kind: ModelErrorKind;
	/** The same call may succeed later. */
	readonly retryable: boolean;
	/** Every other call over the same connection would fail in the same way, until somebody changes something. */
	readonly ofConnection: boolean;
	/** The wait that the provider asks for; undefined when it says nothing. */
	readonly retryAfterMs: number | undefined;

	constructor(message: string, kind: ModelErrorKind, retryAfterMs?: number) {
		super(message);
		this.kind = kind;
		this.retryable = RETRYABLE.has(kind);
		this.ofConnection = OF_CONNECTION.has(kind);
		this.retryAfterMs = retryAfterMs;
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
