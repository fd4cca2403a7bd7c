import { type AppError, type ErrorCode, HTTP_STATUS, toAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

const REASONS: Record<ErrorCode, string> = {
	invalid_input: "Bad Request",
	unauthenticated: "Unauthorized",
	forbidden: "Forbidden",
	not_found: "Not Found",
	conflict: "Conflict",
	payload_too_large: "Payload Too Large",
	unsupported_media: "Unsupported Media Type",
	rate_limited: "Too Many Requests",
	upstream_failed: "Bad Gateway",
	unavailable: "Service Unavailable",
	internal: "Internal Server Error",
};

/** A failure as `/api/v1` tells it, with Retry-After where trying again makes sense. */
export function restError(error: unknown): Response {
	const failure = reported(error);
	return Response.json(errorView(failure), { status: HTTP_STATUS[failure.code], headers: retryHeaders(failure) });
}

/** The JSON body of a failure. */
export function errorView(failure: AppError): { error: string; message: string; timestamp: string } {
	return { error: REASONS[failure.code], message: failure.publicMessage, timestamp: new Date().toISOString() };
}

/** The failure as AppError; what nobody foresaw is logged with its stack's first lines, which hold no request content. */
export function reported(error: unknown): AppError {
	const failure = toAppError(error);
	if (failure.code === "internal") {
		const cause = failure.cause instanceof Error ? failure.cause : failure;
		const frames = cause.stack
			?.split("\n")
			.filter((line) => line.trimStart().startsWith("at "))
			.slice(0, 4)
			.join(" < ");
		logger.error("unexpected failure", { error: cause.name, stack: frames });
	}
	return failure;
}

export function retryHeaders(failure: AppError): Record<string, string> {
	if (!failure.retryable) return {};
	return { "Retry-After": String(Math.max(1, Math.ceil((failure.retryAfterMs ?? 1000) / 1000))) };
}
