import { derive } from "@/lib/genai/derive";
import { attributesPlain } from "@/lib/span/any-value";
import type { ReportedEvaluation } from "@/lib/span/message";
import type { SpanEvent, SpanLink } from "@/lib/span/span";
import type { StoredSpan } from "@/lib/traces/trace";

/**
 * The canonical record of a span: one set of names whoever instrumented it. A field that is not known is null and never
 * absent; inside usage, evaluation, messages and documents a key that is not known is absent. Times are nanoseconds since
 * the epoch as decimal text. What the span means is derived from what was reported; what it cost was settled on arrival.
 */
export function canonicalSpanView(span: StoredSpan) {
	const derived = derive(span, span.logs);
	return {
		trace_id: span.traceId,
		span_id: span.spanId,
		parent_span_id: span.parentSpanId,
		name: span.name,
		display_name: derived.displayName,
		start_time_unix_nano: nanosText(span.startTimeUnixNano),
		end_time_unix_nano: nanosText(span.endTimeUnixNano),
		convention: derived.convention,
		kind: derived.kind,
		provider: derived.provider,
		request_model: derived.requestModel,
		response_model: derived.responseModel,
		routing_alias: derived.routingAlias,
		service_tier: derived.serviceTier,
		input: derived.input,
		output: derived.output,
		input_from: derived.inputFrom,
		output_from: derived.outputFrom,
		input_text: derived.inputText,
		output_text: derived.outputText,
		input_messages: derived.inputMessages,
		output_messages: derived.outputMessages,
		tool_definitions: derived.toolDefinitions?.map((tool) => tool.name) ?? null,
		tool_schemas: derived.toolDefinitions,
		tool_name: derived.toolName,
		tool_call_id: derived.toolCallId,
		tool_arguments: derived.toolArguments ?? null,
		tool_result: derived.toolResult ?? null,
		retrieval_documents: derived.retrievalDocuments,
		evaluation: derived.evaluation && knownOnly(derived.evaluation),
		usage: derived.usage,
		aggregate_usage: derived.aggregateUsage,
		usage_basis: derived.usageBasis,
		cost_usd: span.costUsd,
		cost_input: span.costInput,
		cost_output: span.costOutput,
		cost_source: span.costSource,
		price_version: span.priceVersion,
		cost_note: span.costNote,
		aggregate_cost_usd: derived.aggregateCostUsd,
		ttft_ms: derived.ttftMs,
		session_id: derived.sessionId,
		user_id: derived.userId,
		tags: derived.tags,
		metadata: derived.metadata,
		environment: derived.environment,
		release: derived.release,
		agent_name: derived.agentName,
		status: derived.status,
		error_type: derived.errorType,
		error_message: derived.errorMessage,
		finish_reason: derived.finishReason,
		prompt_name: derived.promptName,
		prompt_version: derived.promptVersion,
		prompt_template: derived.promptTemplate,
		attributes: attributesPlain(span.attributes),
		resource_attributes: attributesPlain(span.resource.attributes),
		scope: {
			name: span.scope.name,
			version: span.scope.version,
			attributes: attributesPlain(span.scope.attributes),
		},
		events: span.events.map(eventView),
		links: span.links.map(linkView),
		provenance: snakeKeys(derived.provenance),
	};
}

function knownOnly(evaluation: ReportedEvaluation): Partial<ReportedEvaluation> {
	return Object.fromEntries(Object.entries(evaluation).filter(([, value]) => value !== null));
}

function eventView(event: SpanEvent) {
	return {
		name: event.name,
		time_unix_nano: nanosText(event.timeUnixNano),
		attributes: attributesPlain(event.attributes),
		dropped_attributes_count: event.droppedAttributesCount,
	};
}

function linkView(link: SpanLink) {
	return {
		trace_id: link.traceId,
		span_id: link.spanId,
		trace_state: link.traceState,
		flags: link.flags,
		attributes: attributesPlain(link.attributes),
		dropped_attributes_count: link.droppedAttributesCount,
	};
}

/** Fields of ours by the names they are served under. */
function snakeKeys(provenance: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(provenance).map(([field, source]) => [
			field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
			source,
		]),
	);
}

function nanosText(nanos: bigint | null): string | null {
	return nanos === null ? null : nanos.toString();
}
