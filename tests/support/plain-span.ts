import type { Span } from "@/lib/span/span";
import type { TraceSpan } from "@/lib/traces/trace-span";

export const PLAIN_TRACE = "000000000000000000000000000000aa";

/** A span of kind `span` that says nothing but its name; times are nanoseconds. */
export function plainSpan({
	trace,
	...fields
}: Partial<Omit<Span, "trace">> & { trace?: Partial<Span["trace"]> }): Span {
	const name = fields.name ?? "plain";
	return {
		...{ traceId: PLAIN_TRACE, spanId: "00000000000000a1", parentSpanId: null, traceState: "", flags: 0 },
		...{ name, displayName: name, otelKind: null, startTimeUnixNano: 1n, endTimeUnixNano: 2n },
		...{ statusCode: null, statusMessage: "", attributes: new Map(), droppedAttributesCount: 0 },
		...{ events: [], droppedEventsCount: 0, links: [], droppedLinksCount: 0 },
		resource: { attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" },
		scope: { name: "", version: "", attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" },
		...{ convention: "other", kind: "span", provider: null, requestModel: null, responseModel: null },
		...{ input: null, output: null, inputFrom: null, outputFrom: null, inputText: null, outputText: null },
		...{ toolName: null, usage: null, aggregateUsage: null, aggregateCostUsd: null, ttftMs: null },
		...{ sessionId: null, userId: null, tags: null, metadata: null, environment: null, release: null },
		...{ agentName: null, status: "ok", errorType: null, finishReason: null },
		...{ promptName: null, promptVersion: null, routingAlias: null },
		...{ costUsd: null, costInput: null, costOutput: null, costSource: null, priceVersion: null, costNote: null },
		...{ projectId: "", origin: "otlp", expiresAt: new Date(Date.now() + 86_400_000) },
		...fields,
		trace: { name: null, workflowName: null, input: null, output: null, metadata: null, isRoot: false, ...trace },
	};
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
