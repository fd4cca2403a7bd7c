import { scalarText } from "@/lib/genai/derive-context";
import { deriveEvaluation } from "@/lib/genai/derive-outcome";
import { deriveDocuments } from "@/lib/genai/derive-retrieval";
import type { DerivedUsage } from "@/lib/genai/derive-usage";
import type { Evidence, Found, Numbered } from "@/lib/genai/dialect";
import { findIndexed } from "@/lib/genai/find-indexed";
import { gatherEvidence } from "@/lib/genai/gather-evidence";
import type { Conversation } from "@/lib/genai/messages/conversation";
import { jsonText } from "@/lib/genai/messages/json-value";
import { toolDefinitions } from "@/lib/genai/messages/tool-definitions";
import type { DerivedFields } from "@/lib/span/derived-fields";
import type { LogRecord } from "@/lib/span/log-record";
import type { Message, ToolDefinition } from "@/lib/span/message";
import type { ReportedSpan, SpanKind } from "@/lib/span/span";

/**
 * What a reported span means, read from its attributes over its resource's, its events and the log records that name it.
 * Pure; a span of no known dialect is of kind `span`. For each field the first dialect with a meaningful value wins,
 * whatever gave the others, and `provenance` says which key it was.
 */
export function derive(span: ReportedSpan, logs: readonly LogRecord[] = []): DerivedFields {
	const evidence = gatherEvidence(span, logs);
	const found = findIndexed(evidence);
	const { model, tool, outcome } = found;
	const kind = found.kind.value;
	const provenance: Record<string, string> = {};
	if (found.kind.from) provenance.kind = found.kind.from;

	return {
		convention: evidence.convention,
		kind,
		displayName: keep(provenance, "displayName", found.displayName) ?? span.name,
		provider: keep(provenance, "provider", model.provider),
		requestModel: keep(provenance, "requestModel", model.requestModel),
		responseModel: keep(provenance, "responseModel", model.responseModel),
		input: keep(provenance, "input", found.input),
		output: keep(provenance, "output", found.output),
		inputFrom: found.input?.from ?? null,
		outputFrom: found.output?.from ?? null,
		inputText: keep(provenance, "inputText", found.inputText),
		outputText: keep(provenance, "outputText", found.outputText),
		inputMessages: keep(provenance, "inputMessages", allOf(found.inputMessages)),
		outputMessages: keep(provenance, "outputMessages", allOf(found.outputMessages)),
		contentState: evidence.hides("input") || evidence.hides("output") ? "redacted" : null,
		toolDefinitions: keep(provenance, "toolDefinitions", deriveToolDefinitions(evidence, kind)),
		toolName: keep(provenance, "toolName", tool?.name ?? null),
		toolCallId: keep(provenance, "toolCallId", tool && evidence.firstOf("toolCallId", scalarText)),
		toolArguments: keep(provenance, "toolArguments", tool?.arguments ?? null),
		toolResult: keep(provenance, "toolResult", tool?.result ?? null),
		retrievalDocuments: keep(provenance, "retrievalDocuments", deriveDocuments(evidence, kind)),
		evaluation: keep(provenance, "evaluation", deriveEvaluation(evidence)),
		usage: keep(provenance, "usage", asFound(found.usage)),
		aggregateUsage: keep(provenance, "aggregateUsage", asFound(found.aggregateUsage)),
		cacheCreation1h: found.usage?.cacheCreation1h ?? null,
		usageBasis: found.usageBasis,
		reportedCostUsd: keep(provenance, "reportedCostUsd", found.reportedCostUsd),
		aggregateCostUsd: keep(provenance, "aggregateCostUsd", found.aggregateCostUsd),
		serviceTier: keep(provenance, "serviceTier", found.serviceTier)?.toLowerCase() ?? null,
		ttftMs: keep(provenance, "ttftMs", found.ttftMs),
		sessionId: keep(provenance, "sessionId", found.sessionId),
		userId: keep(provenance, "userId", found.userId),
		tags: keep(provenance, "tags", found.tags),
		metadata: keep(provenance, "metadata", found.metadata),
		environment: keep(provenance, "environment", found.environment),
		release: keep(provenance, "release", found.release),
		agentName: keep(provenance, "agentName", found.agentName),
		status: keep(provenance, "status", outcome.status) ?? "ok",
		errorType: keep(provenance, "errorType", outcome.errorType),
		errorMessage: keep(provenance, "errorMessage", outcome.errorMessage),
		finishReason: keep(provenance, "finishReason", found.finishReason),
		promptName: keep(provenance, "promptName", found.promptName),
		promptVersion: keep(provenance, "promptVersion", found.promptVersion),
		promptTemplate: keep(
			provenance,
			"promptTemplate",
			evidence.firstOf("promptTemplate", (value) => jsonText(value)),
		),
		servedModel: keep(provenance, "servedModel", model.servedModel),
		routingAlias: keep(provenance, "routingAlias", model.routingAlias),
		trace: found.trace,
		provenance,
	};
}

/** Notes where a field comes from. */
function keep<T>(provenance: Record<string, string>, field: keyof DerivedFields, found: Found<T> | null): T | null {
	if (!found) return null;
	provenance[field] = found.from;
	return found.value;
}

function asFound(counts: DerivedUsage | null): Found<DerivedUsage["usage"]> | null {
	return counts && { value: counts.usage, from: counts.from };
}

function allOf(found: Found<Conversation> | null): Found<Message[]> | null {
	return found && { value: found.value.all(), from: found.from };
}

function deriveToolDefinitions(evidence: Evidence, kind: SpanKind): Found<ToolDefinition[]> | null {
	if (kind === "tool") return null;
	return evidence.firstOf("toolDefinitions", (value) => {
		const definitions = toolDefinitions(value instanceof Map ? numberedTools(value) : value);
		return definitions && definitions.length > 0 ? definitions : null;
	});
}

function numberedTools(entries: Numbered): unknown[] {
	return [...entries]
		.sort(([a], [b]) => a - b)
		.map(([, entry]) => entry.get("tool.json_schema") ?? Object.fromEntries(entry));
}
