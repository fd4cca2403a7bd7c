import type { Span } from "@/lib/span/span";
import type { TraceSpan } from "@/lib/traces/trace-span";
import { NOTHING_DERIVED } from "@/tests/fixtures/every-field";

export const PLAIN_TRACE = "000000000000000000000000000000aa";

/** A span of kind `span` that says nothing but its name; times are nanoseconds. */
export function plainSpan({
	trace,
	...fields
}: Partial<Omit<Span, "trace">> & { trace?: Partial<Span["trace"]> }): Span {
	const name = fields.name ?? "plain";
	// Object.assign: spreading this many fields is slow in V8, and tests make spans by the ten thousand.
	return Object.assign(
		{ traceId: PLAIN_TRACE, spanId: "00000000000000a1", parentSpanId: null, traceState: "", flags: 0 },
		{ name, otelKind: null, startTimeUnixNano: 1n, endTimeUnixNano: 2n },
		{ statusCode: null, statusMessage: "", attributes: new Map(), droppedAttributesCount: 0 },
		{ events: [], droppedEventsCount: 0, links: [], droppedLinksCount: 0 },
		{ resource: { attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" } },
		{ scope: { name: "", version: "", attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" } },
		NOTHING_DERIVED,
		{ displayName: name, projectId: "", origin: "otlp" as const, expiresAt: new Date(Date.now() + 86_400_000) },
		fields,
		{ trace: { ...NOTHING_DERIVED.trace, ...trace } },
	);
}

/** What remains of a span when its trace is derived. */
export function skeletonOf(span: Span): TraceSpan {
	const service = span.resource.attributes.get("service.name");
	return {
		...span,
		service: service && "stringValue" in service ? service.stringValue : null,
		hasInputText: span.inputText !== null,
		hasOutputText: span.outputText !== null,
		trace: { ...span.trace, hasInput: span.trace.input !== null, hasOutput: span.trace.output !== null },
	};
}
