import { scalarText } from "@/lib/genai/derive-context";
import type { Evidence, Found } from "@/lib/genai/dialect";
import { readNumber } from "@/lib/genai/meaningful";
import { jsonText } from "@/lib/genai/messages/json-value";
import { attributesPlain } from "@/lib/span/any-value";
import type { ReportedEvaluation } from "@/lib/span/message";
import { durationNanos } from "@/lib/span/span";

export interface DerivedOutcome {
	status: Found<"ok" | "error">;
	errorType: Found<string> | null;
	errorMessage: Found<string> | null;
}

/** Rows of error messages from here on are looked at after the status message and the exception. */
const LATE_PLACE = 50;

/** Whether the span failed, and with what. A handled exception on a span that went well is no error. */
export function deriveOutcome(evidence: Evidence): DerivedOutcome {
	const { span } = evidence;
	const told = span.statusCode === "STATUS_CODE_ERROR" ? { value: true, from: "status" } : evidence.first("failure");
	if (!told) return { status: { value: "ok", from: "status" }, errorType: null, errorMessage: null };
	const exception = evidence.span.events.find(({ name }) => name === "exception");
	const fields = exception ? attributesPlain(exception.attributes) : {};
	const fromException = (key: string): Found<string> | null => {
		const text = fields[key];
		return typeof text === "string" && text !== "" ? { value: text, from: "event:exception" } : null;
	};
	const message = (value: unknown) => jsonText(value);
	return {
		status: { value: "error", from: told.from },
		errorType: evidence.firstOf("errorType", scalarText) ?? fromException("exception.type"),
		errorMessage:
			evidence.firstOf("errorMessage", message, (place) => place < LATE_PLACE) ??
			(span.statusMessage.trim() === "" ? null : { value: span.statusMessage, from: "status" }) ??
			fromException("exception.message") ??
			evidence.firstOf("errorMessage", message, (place) => place >= LATE_PLACE),
	};
}

/** Events that mark the first token of a stream. */
const FIRST_TOKEN_EVENTS = new Set([
	"ai.stream.firstChunk",
	"llm.content.completion.chunk",
	"gen_ai.content.completion.chunk",
	"First Token Stream Event",
]);

/** Senders round to whole milliseconds: a short call may seem to outlast its span. */
const ROUNDING_MS = 1;

/** Milliseconds from the span's start to its first token; null when unknown or beyond the span's end. */
export function deriveTtft(evidence: Evidence): Found<number> | null {
	const { span } = evidence;
	if (span.events.length === 0 && !evidence.mentions("ttft")) return null;
	const nanos = durationNanos(span.startTimeUnixNano, span.endTimeUnixNano);
	// Claude Code's own duration counts the tries before the one that the span covers.
	const latency = Math.max(Number(nanos ?? 0n) / 1e6, readNumber(evidence.plain("duration_ms")) ?? 0);
	const latest = nanos === null ? Number.POSITIVE_INFINITY : latency + ROUNDING_MS;
	const possible = (value: unknown) => {
		const ms = readNumber(value);
		return ms !== null && ms <= latest ? ms : null;
	};
	const told = evidence.firstOf("ttft", possible);
	if (told) return told;
	for (const event of span.events) {
		if (!FIRST_TOKEN_EVENTS.has(event.name)) continue;
		const from = `event:${event.name}`;
		const own = possible(attributesPlain(event.attributes)["ai.response.msToFirstChunk"]);
		if (own !== null) return { value: own, from };
		if (event.timeUnixNano === null || span.startTimeUnixNano === null) return null;
		const waited = possible(Number(event.timeUnixNano - span.startTimeUnixNano) / 1e6);
		return waited === null ? null : { value: waited, from };
	}
	return null;
}

const RESULT = "gen_ai.evaluation.result";

/** A judgement that the sender made of the span: in an event, a log record, or the span's own attributes. */
export function deriveEvaluation(evidence: Evidence): Found<ReportedEvaluation> | null {
	const event = evidence.span.events.find(({ name }) => name === RESULT);
	if (event) return { value: readEvaluation(attributesPlain(event.attributes)), from: `event:${RESULT}` };
	const log = evidence.logs.find(({ eventName }) => eventName === RESULT);
	if (log) return { value: readEvaluation(attributesPlain(log.attributes)), from: `log:${RESULT}` };
	const name = evidence.firstOf("evaluation.name", scalarText);
	const score = evidence.firstOf("evaluation.score", finite);
	const label = evidence.firstOf("evaluation.label", scalarText);
	const first = name ?? score ?? label;
	if (!first) return null;
	const explanation = evidence.firstOf("evaluation.explanation", scalarText);
	return {
		value: {
			name: name?.value ?? null,
			score: score?.value ?? null,
			label: label?.value ?? null,
			explanation: explanation?.value ?? null,
		},
		from: first.from,
	};
}

function readEvaluation(fields: Record<string, unknown>): ReportedEvaluation {
	const text = (key: string) => {
		const value = fields[key];
		return value === undefined || value === null ? null : jsonText(value);
	};
	return {
		name: text("gen_ai.evaluation.name"),
		score: finite(fields["gen_ai.evaluation.score.value"] ?? fields["gen_ai.evaluation.score"]),
		label: text("gen_ai.evaluation.score.label"),
		explanation: text("gen_ai.evaluation.explanation"),
	};
}

/** Scores may be negative, unlike counts. */
function finite(value: unknown): number | null {
	const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	return typeof number === "number" && Number.isFinite(number) ? number : null;
}
