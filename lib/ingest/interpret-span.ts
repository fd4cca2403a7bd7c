import { deriveIndexed, type StoredMeaning } from "@/lib/genai/derive-indexed";
import { logger } from "@/lib/logger";
import type { PriceOverride } from "@/lib/pricing/price-override";
import { priceSpan } from "@/lib/pricing/price-span";
import { pricedFacts } from "@/lib/pricing/priced-facts";
import type { LogRecord } from "@/lib/span/log-record";
import type { ReportedSpan, Span } from "@/lib/span/span";

type Custody = Pick<Span, "projectId" | "origin" | "expiresAt">;

/**
 * A reported span, with the log records that name it, as it is stored: what it means, of which only what is indexed is
 * kept, and what it cost by the given overrides of its project. The same for the same arguments, but for the price of a
 * span without a start, which is that of now.
 */
export function interpretSpan(
	reported: ReportedSpan,
	logs: readonly LogRecord[],
	overrides: readonly PriceOverride[],
	{ projectId, origin, expiresAt }: Custody,
): Span {
	const derived = deriveAnyway(reported, logs);
	const cost = priceSpan(pricedFacts(reported, derived), overrides);
	// Field by field: V8 takes microseconds to spread or assign this many.
	return {
		traceId: reported.traceId,
		spanId: reported.spanId,
		parentSpanId: reported.parentSpanId,
		traceState: reported.traceState,
		flags: reported.flags,
		name: reported.name,
		otelKind: reported.otelKind,
		startTimeUnixNano: reported.startTimeUnixNano,
		endTimeUnixNano: reported.endTimeUnixNano,
		statusCode: reported.statusCode,
		statusMessage: reported.statusMessage,
		attributes: reported.attributes,
		droppedAttributesCount: reported.droppedAttributesCount,
		events: reported.events,
		droppedEventsCount: reported.droppedEventsCount,
		links: reported.links,
		droppedLinksCount: reported.droppedLinksCount,
		resource: reported.resource,
		scope: reported.scope,
		convention: derived.convention,
		kind: derived.kind,
		displayName: derived.displayName,
		provider: derived.provider,
		requestModel: derived.requestModel,
		responseModel: derived.responseModel,
		input: derived.input,
		output: derived.output,
		inputFrom: derived.inputFrom,
		outputFrom: derived.outputFrom,
		inputText: derived.inputText,
		outputText: derived.outputText,
		toolName: derived.toolName,
		usage: derived.usage,
		aggregateUsage: derived.aggregateUsage,
		aggregateCostUsd: derived.aggregateCostUsd,
		ttftMs: derived.ttftMs,
		sessionId: derived.sessionId,
		userId: derived.userId,
		tags: derived.tags,
		metadata: derived.metadata,
		environment: derived.environment,
		release: derived.release,
		agentName: derived.agentName,
		status: derived.status,
		errorType: derived.errorType,
		finishReason: derived.finishReason,
		promptName: derived.promptName,
		promptVersion: derived.promptVersion,
		routingAlias: derived.routingAlias,
		trace: derived.trace,
		costUsd: cost.costUsd,
		costInput: cost.costInput,
		costOutput: cost.costOutput,
		costSource: cost.costSource,
		priceVersion: cost.priceVersion,
		costNote: cost.costNote,
		projectId,
		origin,
		expiresAt,
	};
}

// What a span means is ours to find out: if we cannot, the span is kept as it was reported, and its batch with it.
function deriveAnyway(reported: ReportedSpan, logs: readonly LogRecord[]): StoredMeaning {
	try {
		return deriveIndexed(reported, logs);
	} catch (error) {
		const { traceId, spanId } = reported;
		logger.error("span not derived", { traceId, spanId, error: error instanceof Error ? error.name : "unknown" });
		const resource = { ...reported.resource, attributes: new Map() };
		return deriveIndexed({ ...reported, attributes: new Map(), events: [], resource });
	}
}
