import { noteRefusal } from "@/lib/accounting/note-refusal";
import { authenticate } from "@/lib/auth/authenticate";
import { readCredentials } from "@/lib/auth/credentials";
import { refuseWhenFull } from "@/lib/clickhouse/insert";
import { AppError, HTTP_STATUS } from "@/lib/errors";
import { acceptsJson } from "@/lib/http/accepts-json";
import { readIncoming } from "@/lib/http/read-body";
import { reported } from "@/lib/http/rest-error";
import type { Encoding } from "@/lib/otlp/encoding";
import { LIMITS } from "@/lib/otlp/limits";
import { answerExport, JSON_TYPE, type Outcome, PROTOBUF } from "@/lib/receive/answer-export";
import { answerFailure } from "@/lib/receive/answer-failure";
import { corsHeaders, preflightHeaders } from "@/lib/receive/cors";
import type { Answer, Call, Endpoint, Receive, Signal } from "@/lib/receive/exchange";
import { holdBytes } from "@/lib/receive/hold-bytes";

const BODY_LIMITS = { bodyBytesMax: LIMITS.bodyBytes, inflatedBytesMax: LIMITS.inflatedBytes };

const SENDER_CHARS_MAX = 120;

const ENCODINGS: Record<string, Encoding> = {
	"application/json": "json",
	"application/x-protobuf": "protobuf",
	"application/protobuf": "protobuf",
};

/** A request that may be read: who sends it is known, and how it is written. */
export interface Admitted {
	encoding: Encoding;
	/**
	 * The whole body, unpacked. Throws as `readIncoming`, and `unavailable` when too much is in memory already: at once when
	 * ClickHouse does not keep up, before anything is read.
	 */
	body(): Promise<Buffer>;
	/** The project that credentials name, for exporters that have no other way to tell it. */
	fallback: string | null;
	sender: string;
	receivedAt: Date;
}

/** What a signal does with a request, and what is to be done once it is answered. */
export type Taken = Outcome & Pick<Answer, "afterwards">;

/**
 * An OTLP/HTTP endpoint of one signal: POST exports, OPTIONS asks what a page of another origin may do, every other method
 * is 405. 200 means that ClickHouse has the rows. Answers speak the sender's encoding; a protobuf sender gets JSON when it
 * asks for it. The user of Basic credentials, whose password is the key, may be the name or id of the project: Langfuse's
 * exporters have no other way to tell it. Source: OTLP 1.x, "OTLP/HTTP".
 */
export function receiveOtlp(signal: Signal, take: (request: Admitted) => Promise<Taken>): Receive {
	const turnAway = refuse(signal);
	return async (call) => {
		if (call.method !== "POST") return answerOtherMethod(call);
		const receivedAt = new Date();
		const hold = holdBytes();
		try {
			const encoding = await admit(call);
			const taken = await take({
				encoding,
				async body() {
					refuseWhenFull();
					return readIncoming(call, { ...BODY_LIMITS, hold: hold.add });
				},
				fallback: readCredentials(call)?.user ?? null,
				sender: senderOf(call),
				receivedAt,
			});
			const answer = answerExport(taken, encoding === "json" || acceptsJson(call));
			answer.afterwards = taken.afterwards;
			return withCors(call, answer);
		} catch (error) {
			return turnAway(call, error);
		} finally {
			hold.release();
		}
	};
}

/** The answer to a call of a signal that is not taken, in the sender's encoding; the books get a note of it. */
export function refuse(signal: Signal): Endpoint["refuse"] {
	return (call, error) => {
		const failure = reported(error);
		const status = HTTP_STATUS[failure.code];
		noteRefusal({ status, reason: failure.publicMessage, signal, sender: senderOf(call), at: new Date() });
		return withCors(call, answerFailure(failure, encodingOf(call)));
	};
}

async function admit(call: Call): Promise<Encoding> {
	await authenticate(call);
	const encoding = encodingOf(call);
	if (!encoding) throw new AppError("unsupported_media", `Content-Type must be ${JSON_TYPE} or ${PROTOBUF}`);
	return encoding;
}

function encodingOf({ headers }: Call): Encoding | undefined {
	const given = headers.get("content-type") ?? "";
	const type = Object.hasOwn(ENCODINGS, given) ? given : (given.split(";")[0]?.trim().toLowerCase() ?? "");
	return Object.hasOwn(ENCODINGS, type) ? ENCODINGS[type] : undefined;
}

// Never the credentials: only what a program says it is.
function senderOf({ headers }: Call): string {
	return (headers.get("user-agent") ?? "").slice(0, SENDER_CHARS_MAX);
}

function answerOtherMethod(call: Call): Answer {
	if (call.method === "OPTIONS") {
		return { status: 204, headers: { Allow: call.allow, ...preflightHeaders(call) }, body: "" };
	}
	const view = {
		error: "Method Not Allowed",
		message: `This endpoint takes ${call.allow}`,
		timestamp: new Date().toISOString(),
	};
	const headers = { "Content-Type": JSON_TYPE, Allow: call.allow };
	return withCors(call, { status: 405, headers, body: JSON.stringify(view) });
}

function withCors(call: Call, answer: Answer): Answer {
	Object.assign(answer.headers, corsHeaders(call));
	return answer;
}
