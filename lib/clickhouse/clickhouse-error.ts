import { AppError, isAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

// Server-side conditions that pass: limits, merges behind, a replica or disk in trouble. Everything else is our mistake.
const PASSING = new Set([
	"TIMEOUT_EXCEEDED",
	"SOCKET_TIMEOUT",
	"NETWORK_ERROR",
	"TOO_MANY_SIMULTANEOUS_QUERIES",
	"TOO_MANY_PARTS",
	"MEMORY_LIMIT_EXCEEDED",
	"NOT_ENOUGH_SPACE",
	"CANNOT_WRITE_TO_FILE_DESCRIPTOR",
	"CANNOT_WRITE_TO_FILE",
	"CANNOT_OPEN_FILE",
	"CANNOT_FSYNC",
	"CANNOT_CREATE_DIRECTORY",
	"TABLE_IS_READ_ONLY",
	"KEEPER_EXCEPTION",
	"ALL_CONNECTION_TRIES_FAILED",
	"ABORTED",
	"QUERY_WAS_CANCELLED",
	"AUTHENTICATION_FAILED",
]);

const LOST = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE"]);

/**
 * Failure of a ClickHouse call -> `unavailable` (retryable) or `internal`. ClickHouse's own text may quote rows, so only its
 * error type is kept.
 */
export function clickhouseError(operation: string, error: unknown): AppError {
	if (isAppError(error)) return error;
	const type = typeof error === "object" && error !== null && "type" in error ? String(error.type) : null;
	const passing = type === null || PASSING.has(type);
	const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
	logger.warn("clickhouse call failed", { operation, type, code });
	if (passing) {
		return new AppError("unavailable", "The span store (ClickHouse) cannot be reached right now", {
			cause: error,
			retryAfterMs: 2000,
		});
	}
	return new AppError("internal", "The span store (ClickHouse) refused a statement", { cause: error });
}

/** True when the connection broke or was refused: whether the statement ran is unknown, and ClickHouse may be back soon. */
export function isLostConnection(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const code = "code" in error ? error.code : undefined;
	return LOST.has(String(code)) || error.message === "socket hang up";
}
