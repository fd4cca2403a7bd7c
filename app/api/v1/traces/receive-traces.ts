import { after } from "next/server";
import { publishSpansIngested } from "@/inngest/publish";
import { authenticate } from "@/lib/auth/authenticate";
import { AppError, type ErrorCode, HTTP_STATUS } from "@/lib/errors";
import { acceptsJson } from "@/lib/http/accepts-json";
import { readBody } from "@/lib/http/read-body";
import { reported, restError, retryHeaders } from "@/lib/http/rest-error";
import { ingestTraces, type Receipt } from "@/lib/ingest/ingest-traces";
import { encodeExportResponse, encodeStatus } from "@/lib/otlp/encode-response";

const LIMITS = { bodyBytesMax: 16 * 1024 * 1024, inflatedBytesMax: 64 * 1024 * 1024 };
const REASONS_MAX = 5;
const PROTOBUF = "application/x-protobuf";

const ENCODINGS: Record<string, "json" | "protobuf"> = {
	"application/json": "json",
	"application/x-protobuf": "protobuf",
	"application/protobuf": "protobuf",
};

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

/**
 * The OTLP/HTTP endpoint, on every path that offers it. 200 means that ClickHouse has the rows. The answer speaks the
 * sender's encoding; a protobuf sender gets JSON when it asks for it.
 */
export async function receiveTraces(request: Request): Promise<Response> {
	const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
	const encoding = Object.hasOwn(ENCODINGS, type) ? ENCODINGS[type] : undefined;
	try {
		await authenticate(request);
		if (!encoding) {
			throw new AppError("unsupported_media", `Content-Type must be application/json or ${PROTOBUF}`);
		}
		const receipt = await ingestTraces(encoding, await readBody(request, LIMITS));
		for (const projectId of receipt.projectIds) after(() => publishSpansIngested(projectId));
		return encoding === "json" || acceptsJson(request) ? jsonAnswer(receipt) : protobufAnswer(receipt);
	} catch (error) {
		if (encoding !== "protobuf") return restError(error);
		const failure = reported(error);
		return new Response(encodeStatus(RPC_CODES[failure.code], failure.publicMessage), {
			status: HTTP_STATUS[failure.code],
			headers: { "Content-Type": PROTOBUF, ...retryHeaders(failure) },
		});
	}
}

function jsonAnswer(receipt: Receipt): Response {
	const { acceptedSpans, rejectedSpans, traces } = receipt;
	const partialSuccess = { rejectedSpans: String(rejectedSpans), errorMessage: explain(receipt) };
	return Response.json(
		{ acceptedSpans, rejectedSpans, traces, ...(rejectedSpans > 0 ? { partialSuccess } : {}) },
		{ headers: counters(receipt) },
	);
}

function protobufAnswer(receipt: Receipt): Response {
	return new Response(encodeExportResponse(receipt.rejectedSpans, explain(receipt)), {
		headers: { "Content-Type": PROTOBUF, ...counters(receipt) },
	});
}

function counters(receipt: Receipt): Record<string, string> {
	return {
		"X-Spanwise-Accepted-Spans": String(receipt.acceptedSpans),
		"X-Spanwise-Rejected-Spans": String(receipt.rejectedSpans),
		"X-Spanwise-Traces": String(receipt.traces),
	};
}

/** The first reasons, so that a sender's log says what to mend. */
function explain({ rejections }: Receipt): string {
	const first = rejections.slice(0, REASONS_MAX).map(({ path, reason }) => `${path}: ${reason}`);
	const more = rejections.length - first.length;
	return first.join("; ") + (more > 0 ? `; and ${more} more` : "");
}
