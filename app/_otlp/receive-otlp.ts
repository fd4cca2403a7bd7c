import { after } from "next/server";
import { publishSpansIngested } from "@/inngest/publish";
import { authenticate } from "@/lib/auth/authenticate";
import { readCredentials } from "@/lib/auth/credentials";
import { AppError, type ErrorCode, HTTP_STATUS } from "@/lib/errors";
import { acceptsJson } from "@/lib/http/accepts-json";
import { readBody } from "@/lib/http/read-body";
import { reported, restError, retryHeaders } from "@/lib/http/rest-error";
import type { Rejection } from "@/lib/otlp/decoded";
import { encodeExportResponse, encodeStatus } from "@/lib/otlp/encode-response";
import type { Encoding } from "@/lib/otlp/encoding";

const LIMITS = { bodyBytesMax: 16 * 1024 * 1024, inflatedBytesMax: 64 * 1024 * 1024 };
const REASONS_MAX = 5;
const PROTOBUF = "application/x-protobuf";

const ENCODINGS: Record<string, Encoding> = {
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

/** What became of one export request. */
export interface Outcome {
	/** What the JSON answer counts, by the names it has there, e.g. `acceptedSpans`. */
	counters: Record<string, number>;
	/** The counter that the partial success repeats. */
	rejected: "rejectedSpans" | "rejectedLogRecords";
	rejections: Rejection[];
	/** Projects with spans that rules may look at. */
	projectIds: string[];
}

/** Stores the records of one signal; `fallback` names the project of those whose resource names none. */
type Ingest = (encoding: Encoding, body: Buffer, fallback: string | null) => Promise<Outcome>;

/**
 * An OTLP/HTTP endpoint of one signal, on every path that offers it. 200 means that ClickHouse has the rows. The answer
 * speaks the sender's encoding; a protobuf sender gets JSON when it asks for it. The user of Basic credentials, whose
 * password is the key, may be the name or id of the project: Langfuse's exporters have no other way to tell it.
 */
export function receiveOtlp(ingest: Ingest): (request: Request) => Promise<Response> {
	return async (request) => {
		const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
		const encoding = Object.hasOwn(ENCODINGS, type) ? ENCODINGS[type] : undefined;
		try {
			await authenticate(request);
			if (!encoding) {
				throw new AppError("unsupported_media", `Content-Type must be application/json or ${PROTOBUF}`);
			}
			const outcome = await ingest(encoding, await readBody(request, LIMITS), readCredentials(request)?.user ?? null);
			for (const projectId of outcome.projectIds) after(() => publishSpansIngested(projectId));
			return encoding === "json" || acceptsJson(request) ? jsonAnswer(outcome) : protobufAnswer(outcome);
		} catch (error) {
			if (encoding !== "protobuf") return restError(error);
			const failure = reported(error);
			return new Response(encodeStatus(RPC_CODES[failure.code], failure.publicMessage), {
				status: HTTP_STATUS[failure.code],
				headers: { "Content-Type": PROTOBUF, ...retryHeaders(failure) },
			});
		}
	};
}

function jsonAnswer(outcome: Outcome): Response {
	const { counters, rejected, rejections } = outcome;
	const partialSuccess = { [rejected]: String(rejections.length), errorMessage: explain(rejections) };
	return Response.json(
		{ ...counters, ...(rejections.length > 0 ? { partialSuccess } : {}) },
		{ headers: counterHeaders(outcome) },
	);
}

function protobufAnswer(outcome: Outcome): Response {
	const { rejections } = outcome;
	return new Response(encodeExportResponse(rejections.length, explain(rejections)), {
		headers: { "Content-Type": PROTOBUF, ...counterHeaders(outcome) },
	});
}

/** `acceptedSpans` travels as `X-Spanwise-Accepted-Spans`. */
function counterHeaders({ counters }: Outcome): Record<string, string> {
	return Object.fromEntries(
		Object.entries(counters).map(([name, count]) => [
			`X-Spanwise-${name.replace(/[A-Z]/g, "-$&").replace(/^./, (letter) => letter.toUpperCase())}`,
			String(count),
		]),
	);
}

/** The first reasons, so that a sender's log says what to mend. */
function explain(rejections: Rejection[]): string {
	const first = rejections.slice(0, REASONS_MAX).map(({ path, reason }) => `${path}: ${reason}`);
	const more = rejections.length - first.length;
	return first.join("; ") + (more > 0 ? `; and ${more} more` : "");
}
