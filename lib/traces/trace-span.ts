import type { TraceClaims } from "@/lib/span/derived-fields";
import type { Span } from "@/lib/span/span";
import type { SpanNode } from "@/lib/span/span-tree";

/** What a trace's fields depend on: a span without its content. */
export interface TraceSpan
	extends Pick<
		Span,
		| "spanId"
		| "parentSpanId"
		| "name"
		| "displayName"
		| "kind"
		| "status"
		| "startTimeUnixNano"
		| "endTimeUnixNano"
		| "requestModel"
		| "responseModel"
		| "provider"
		| "usage"
		| "aggregateUsage"
		| "costUsd"
		| "aggregateCostUsd"
		| "ttftMs"
		| "sessionId"
		| "userId"
		| "tags"
		| "metadata"
		| "environment"
		| "release"
	> {
	/** `service.name` of the resource. */
	service: string | null;
	hasInputText: boolean;
	hasOutputText: boolean;
	/** What the span says of its whole trace. */
	trace: Pick<TraceClaims, "name" | "workflowName" | "metadata" | "isRoot"> & { hasInput: boolean; hasOutput: boolean };
}

export type TraceNode = SpanNode<TraceSpan>;

/** Earliest start first, unknown ones last, ties by id: no two spans of a trace share a place. */
export function byPlace(a: TraceSpan, b: TraceSpan): number {
	return byMoment(a.startTimeUnixNano, b.startTimeUnixNano) || byId(a, b);
}

/** Latest end first, unknown ones last, ties by id. */
export function byLatestEnd(a: TraceSpan, b: TraceSpan): number {
	if (a.endTimeUnixNano === null || b.endTimeUnixNano === null) {
		return byMoment(a.endTimeUnixNano, b.endTimeUnixNano) || byId(a, b);
	}
	return byMoment(b.endTimeUnixNano, a.endTimeUnixNano) || byId(a, b);
}

export function byId(a: TraceSpan, b: TraceSpan): number {
	return a.spanId < b.spanId ? -1 : Number(a.spanId > b.spanId);
}

/** The item that comes first in the order; undefined when there is none. */
export function minimum<T>(items: readonly T[], compare: (a: T, b: T) => number): T | undefined {
	let first: T | undefined;
	for (const item of items) if (first === undefined || compare(item, first) < 0) first = item;
	return first;
}

function byMoment(a: bigint | null, b: bigint | null): number {
	if (a === b) return 0;
	if (a === null) return 1;
	if (b === null) return -1;
	return a < b ? -1 : 1;
}
