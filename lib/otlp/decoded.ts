import type { ReportedSpan } from "@/lib/span/span";

/** Why one span of a request was left out, and where it stood. */
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

/** Deepest nesting of an attribute value; deeper ones reject their span. */
export const VALUE_DEPTH_MAX = 256;

/** Thrown inside one span; the decoder turns it into a rejection and goes on. */
export class SpanRejected extends Error {
	override readonly name = "SpanRejected";
}
