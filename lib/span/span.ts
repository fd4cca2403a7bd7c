import type { Attributes } from "@/lib/span/any-value";
import type { Cost, DerivedFields } from "@/lib/span/derived-fields";

export { SPAN_KINDS, type SpanKind } from "@/lib/span/span-kind";

/** Who reported a span. Judge spans are our own and never match rules. */
export type SpanOrigin = "otlp" | "gateway" | "api" | "judge";

export type SpanKindName =
	| "SPAN_KIND_INTERNAL"
	| "SPAN_KIND_SERVER"
	| "SPAN_KIND_CLIENT"
	| "SPAN_KIND_PRODUCER"
	| "SPAN_KIND_CONSUMER";

export type StatusCodeName = "STATUS_CODE_OK" | "STATUS_CODE_ERROR";

export interface SpanEvent {
	/** Nanoseconds since the epoch; null when the sender gave none. */
	timeUnixNano: bigint | null;
	name: string;
	attributes: Attributes;
	droppedAttributesCount: number;
}

export interface SpanLink {
	traceId: string;
	spanId: string;
	traceState: string;
	flags: number;
	attributes: Attributes;
	droppedAttributesCount: number;
}

export interface Resource {
	attributes: Attributes;
	droppedAttributesCount: number;
	schemaUrl: string;
}

export interface Scope {
	name: string;
	version: string;
	attributes: Attributes;
	droppedAttributesCount: number;
	schemaUrl: string;
}

/** What the sender reported, before anything is derived from it. Ids are lower-case hex. */
export interface ReportedSpan {
	traceId: string;
	spanId: string;
	parentSpanId: string | null;
	traceState: string;
	flags: number;
	name: string;
	otelKind: SpanKindName | null;
	/** Nanoseconds since the epoch; null when missing or unreadable. */
	startTimeUnixNano: bigint | null;
	endTimeUnixNano: bigint | null;
	statusCode: StatusCodeName | null;
	statusMessage: string;
	attributes: Attributes;
	droppedAttributesCount: number;
	events: SpanEvent[];
	droppedEventsCount: number;
	links: SpanLink[];
	droppedLinksCount: number;
	resource: Resource;
	scope: Scope;
}

/** The derived fields that are kept beside what was reported: what lists, filters, totals and rules read. */
export type IndexedFields = Pick<
	DerivedFields,
	| "convention"
	| "kind"
	| "displayName"
	| "provider"
	| "requestModel"
	| "responseModel"
	| "input"
	| "output"
	| "inputFrom"
	| "outputFrom"
	| "inputText"
	| "outputText"
	| "toolName"
	| "usage"
	| "aggregateUsage"
	| "aggregateCostUsd"
	| "ttftMs"
	| "sessionId"
	| "userId"
	| "tags"
	| "metadata"
	| "environment"
	| "release"
	| "agentName"
	| "status"
	| "errorType"
	| "finishReason"
	| "promptName"
	| "promptVersion"
	| "routingAlias"
	| "trace"
>;

/** Whose span it is, who brought it, and how long it is kept. */
interface Custody {
	/** Empty when the trace is linked to no project. */
	projectId: string;
	origin: SpanOrigin;
	expiresAt: Date;
}

/** The noun everyone speaks: one span of one project's trace, as it is stored. */
export interface Span extends ReportedSpan, IndexedFields, Cost, Custody {}

/** Span attributes over resource attributes: the map that rules and derivation read. */
export function mergedAttributes(span: Pick<ReportedSpan, "attributes" | "resource">): Attributes {
	return new Map([...span.resource.attributes, ...span.attributes]);
}

/** End minus start in nanoseconds; null when either is unknown or the clock ran backwards. */
export function durationNanos(start: bigint | null, end: bigint | null): bigint | null {
	return start !== null && end !== null && end >= start ? end - start : null;
}
