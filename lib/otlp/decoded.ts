import type { ReportedLog } from "@/lib/span/log-record";
import type { ReportedSpan, Resource } from "@/lib/span/span";

/** Why one span or log record of a request was left out, and where it stood. */
export interface Rejection {
	/** Path in the request, e.g. `resourceSpans[0].scopeSpans[0].spans[3]`. */
	path: string;
	reason: string;
	/** Who sent it. */
	resource: Resource;
	/**
	 * Trace id and span id as they were sent (bytes as hex), e.g. `abcd/00f067aa0ba902b7`, `-` for a missing one, at most 80
	 * characters; empty when both are missing.
	 */
	sample: string;
}

interface Told {
	rejections: Rejection[];
	/**
	 * What was cut because of a limit, or dropped, in spans and records that are kept: path and how much, the first
	 * `LIMITS.toldCuts` of them, then how many more. Without any content.
	 */
	warnings: string[];
}

/** What a request held: the spans that can be stored, and those that cannot. */
export interface Decoded extends Told {
	spans: ReportedSpan[];
}

/** What a request of log records held. */
export interface DecodedLogs extends Told {
	logs: ReportedLog[];
	/** Well-formed records that belong to no span or say nothing of an LLM application. */
	dropped: number;
}

/** Thrown inside one span or log record; the decoder turns it into a rejection and goes on. */
export class RecordRejected extends Error {
	override readonly name = "RecordRejected";
}
