/** Closed vocabulary of failures; each surface renders it in its own dialect. */
export type ErrorCode =
	| "invalid_input"
	| "unauthenticated"
	| "forbidden"
	| "not_found"
	| "conflict"
	| "payload_too_large"
	| "unsupported_media"
	| "rate_limited"
	| "upstream_failed"
	| "unavailable"
	| "internal";

export const HTTP_STATUS: Record<ErrorCode, number> = {
	invalid_input: 400,
	unauthenticated: 401,
	forbidden: 403,
	not_found: 404,
	conflict: 409,
	payload_too_large: 413,
	unsupported_media: 415,
	rate_limited: 429,
	upstream_failed: 502,
	unavailable: 503,
	internal: 500,
};

interface ErrorDetails {
	cause?: unknown;
	/** The same call may succeed later, unchanged. */
	retryable?: boolean;
	retryAfterMs?: number;
}

/** The only error type that leaves a room. `publicMessage` is safe to show: no content, prompts or keys. */
export class AppError extends Error {
	readonly code: ErrorCode;
	readonly publicMessage: string;
	readonly retryable: boolean;
	readonly retryAfterMs: number | undefined;

	constructor(code: ErrorCode, publicMessage: string, details: ErrorDetails = {}) {
		super(publicMessage, { cause: details.cause });
		this.name = "AppError";
		this.code = code;
		this.publicMessage = publicMessage;
		this.retryable = details.retryable ?? (code === "unavailable" || code === "rate_limited");
		this.retryAfterMs = details.retryAfterMs;
	}
}

// Next bundles instrumentation and routes separately, so `instanceof` may compare two copies of the class.
export function isAppError(error: unknown): error is AppError {
	return error instanceof Error && error.name === "AppError" && "publicMessage" in error;
}

export function notFound(what: string): AppError {
	return new AppError("not_found", `${what} not found`);
}

export function invalidInput(message: string): AppError {
	return new AppError("invalid_input", message);
}

/** Turns anything thrown into an AppError; what is not ours becomes `internal` with the original as cause. */
export function toAppError(error: unknown): AppError {
	if (isAppError(error)) return error;
	return new AppError("internal", "Unexpected failure", { cause: error });
}
