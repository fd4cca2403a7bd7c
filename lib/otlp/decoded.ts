import type { ReportedLog } from "@/lib/span/log-record";
import type { ReportedSpan } from "@/lib/span/span";

/** Why one span or log record of a request was left out, and where it stood. */
export interface Rejection {
	/** Path in the request, e.g. `resourceSpans[0].scopeSpans[0].spans[3]`. */
	path: string;
	reason: string;
}

/** What a request held: the spans that can be stored, and those that cannot. */
export interface Decoded {
	spans: ReportedSpan[];
	rejections: Rejection[];
}

/** What a request of log records held. */
export interface DecodedLogs {
	logs: ReportedLog[];
	/** Well-formed records that belong to no span or say nothing of an LLM application. */
	dropped: number;
	rejections: Rejection[];
}

/** Deepest nesting of an attribute value; deeper ones reject their span or log record. */
export const VALUE_DEPTH_MAX = 256;

/** Thrown inside one span or log record; the decoder turns it into a rejection and goes on. */
export class RecordRejected extends Error {
	override readonly name = "RecordRejected";
}
