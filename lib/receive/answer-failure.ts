import { type AppError, type ErrorCode, HTTP_STATUS } from "@/lib/errors";
import { errorView } from "@/lib/http/rest-error";
import { encodeStatus } from "@/lib/otlp/encode-response";
import type { Encoding } from "@/lib/otlp/encoding";
import { JSON_TYPE, PROTOBUF } from "@/lib/receive/answer-export";
import type { Answer } from "@/lib/receive/exchange";

/** google.rpc.Code by our codes. */
const RPC_CODES: Record<ErrorCode, number> = {
	invalid_input: 3,
	unauthenticated: 16,
	forbidden: 7,
	not_found: 5,
	conflict: 6,
	payload_too_large: 3,
	unsupported_media: 3,
	rate_limited: 8,
	upstream_failed: 14,
	unavailable: 14,
	internal: 13,
};

const RETRY_AFTER_MS = 1000;

/**
 * A refused call as OTLP tells it: a google.rpc.Status for senders of protobuf, `{error, message, timestamp}` for all
 * others. What may be sent again says when. Source: OTLP 1.x, "Failures" and "OTLP/HTTP Throttling".
 */
export function answerFailure(failure: AppError, encoding: Encoding | undefined): Answer {
	const answer =
		encoding === "protobuf"
			? { type: PROTOBUF, body: encodeStatus(RPC_CODES[failure.code], failure.publicMessage) }
			: { type: JSON_TYPE, body: JSON.stringify(errorView(failure)) };
	const headers: Record<string, string> = { "Content-Type": answer.type };
	if (failure.retryable || failure.code === "unavailable") headers["Retry-After"] = retryAfter(failure);
	return { status: HTTP_STATUS[failure.code], headers, body: answer.body };
}

/** Whole seconds. Senders that were turned away together must not come back together. */
function retryAfter({ retryAfterMs = RETRY_AFTER_MS }: AppError): string {
	const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
	return String(seconds + Math.floor(Math.random() * (Math.ceil(seconds / 2) + 1)));
}
