import { deriveTags, mergeMaps, scalarText } from "@/lib/genai/derive-context";
import { deriveKind } from "@/lib/genai/derive-kind";
import { deriveMessages } from "@/lib/genai/derive-messages";
import { deriveModel } from "@/lib/genai/derive-model";
import { deriveEvaluation, deriveOutcome, deriveTtft } from "@/lib/genai/derive-outcome";
import { deriveDocuments, deriveEmbeddedTexts, deriveQuery } from "@/lib/genai/derive-retrieval";
import { type DerivedTool, deriveTool } from "@/lib/genai/derive-tool";
import { type DerivedUsage, deriveAggregate, deriveUsage } from "@/lib/genai/derive-usage";
import { detectConvention } from "@/lib/genai/detect-convention";
import type { Evidence, Field, Found, Numbered } from "@/lib/genai/dialect";
import { DIALECTS } from "@/lib/genai/dialects";
import { SpanEvidence } from "@/lib/genai/evidence";
import { KeyIndex } from "@/lib/genai/key-index";
import { readNumber } from "@/lib/genai/meaningful";
import { normaliseFinishReason } from "@/lib/genai/messages/finish-reason";
import { jsonText, parseLoose } from "@/lib/genai/messages/json-value";
import { inputTextOf, outputTextOf, unwrapText } from "@/lib/genai/messages/message-text";
import { toolDefinitions } from "@/lib/genai/messages/tool-definitions";
import type { DerivedFields, TraceClaims } from "@/lib/span/derived-fields";
import type { LogRecord } from "@/lib/span/log-record";
import type { Message, ToolDefinition } from "@/lib/span/message";
import type { ReportedSpan, SpanKind } from "@/lib/span/span";

const KEY_INDEX = new KeyIndex(DIALECTS);
/** Kinds that call a model themselves: their tokens and cost are their own. Others repeat those of the spans below. */
const CALLS = new Set<SpanKind>(["llm", "embedding", "reranker"]);

/** A span's evidence, with its convention known. */
export function gatherEvidence(span: ReportedSpan, logs: readonly LogRecord[]): Evidence {
	const evidence = new SpanEvidence(span, logs, KEY_INDEX);
	evidence.convention = detectConvention(evidence);
	return evidence;
}

/**
 * What a reported span means, read from its attributes over its resource's, its events and the log records that name it.
 * Pure; a span of no known dialect is of kind `span`. For each field the first dialect with a meaningful value wins,
 * whatever gave the others, and `provenance` says which key it was.
 */
export function derive(span: ReportedSpan, logs: readonly LogRecord[] = []): DerivedFields {
	const evidence = gatherEvidence(span, logs);
	const provenance: Record<string, string> = {};
	const foundKind = deriveKind(evidence);
	const kind = foundKind.value;
	if (foundKind.from) provenance.kind = foundKind.from;
	const model = deriveModel(evidence, kind);
	const tool: DerivedTool | null = kind === "tool" ? deriveTool(evidence) : null;
	const input = deriveMessages(evidence, kind, "input");
	const output = deriveMessages(evidence, kind, "output");
	const rawInput = evidence.firstRaw("input") ?? rawOfEvents(input, tool?.arguments ?? null);
	// An embedding's output is vectors: numbers that nobody reads.
	const rawOutput =
		kind === "embedding" ? null : (evidence.firstRaw("output") ?? rawOfEvents(output, tool?.result ?? null));
	const own = deriveUsage(evidence);
	const cost = evidence.firstOf("cost", readNumber);
	const outcome = deriveOutcome(evidence);
	const calls = CALLS.has(kind);
	const aggregate = deriveAggregate(evidence);
	const counts = calls ? own : (own ?? aggregate);

	return {
		convention: evidence.convention,
		kind,
		displayName: keep(provenance, "displayName", scalar(evidence, "displayName")) ?? span.name,
		provider: keep(provenance, "provider", model.provider),
		requestModel: keep(provenance, "requestModel", model.requestModel),
		responseModel: keep(provenance, "responseModel", model.responseModel),
		input: keep(provenance, "input", rawInput),
		output: keep(provenance, "output", rawOutput),
		inputFrom: rawInput?.from ?? null,
		outputFrom: rawOutput?.from ?? null,
		inputText: keep(provenance, "inputText", inputText(evidence, kind, input, rawInput, tool)),
		outputText: keep(provenance, "outputText", outputText(kind, output, rawOutput, tool)),
		inputMessages: keep(provenance, "inputMessages", input),
		outputMessages: keep(provenance, "outputMessages", output),
		contentState: evidence.hides("input") || evidence.hides("output") ? "redacted" : null,
		toolDefinitions: keep(provenance, "toolDefinitions", deriveToolDefinitions(evidence, kind)),
		toolName: keep(provenance, "toolName", tool?.name ?? null),
		toolCallId: keep(provenance, "toolCallId", tool?.callId ?? null),
		toolArguments: keep(provenance, "toolArguments", tool?.arguments ?? null),
		toolResult: keep(provenance, "toolResult", tool?.result ?? null),
		retrievalDocuments: keep(provenance, "retrievalDocuments", deriveDocuments(evidence, kind)),
		evaluation: keep(provenance, "evaluation", deriveEvaluation(evidence)),
		usage: keep(provenance, "usage", calls ? asFound(counts) : null),
		aggregateUsage: keep(provenance, "aggregateUsage", asFound(calls ? aggregate : counts)),
		cacheCreation1h: calls ? (counts?.cacheCreation1h ?? null) : null,
		usageBasis: counts?.basis ?? null,
		reportedCostUsd: keep(provenance, "reportedCostUsd", calls ? cost : null),
		aggregateCostUsd: keep(provenance, "aggregateCostUsd", calls ? null : cost),
		serviceTier: keep(provenance, "serviceTier", scalar(evidence, "serviceTier"))?.toLowerCase() ?? null,
		ttftMs: keep(provenance, "ttftMs", deriveTtft(evidence)),
		sessionId: keep(provenance, "sessionId", scalar(evidence, "sessionId")),
		userId: keep(provenance, "userId", scalar(evidence, "userId")),
		tags: keep(provenance, "tags", deriveTags(evidence)),
		metadata: keep(provenance, "metadata", mergeMaps(evidence, "metadata")),
		environment: keep(provenance, "environment", scalar(evidence, "environment")),
		release: keep(provenance, "release", scalar(evidence, "release")),
		agentName: keep(provenance, "agentName", scalar(evidence, "agentName")),
		status: keep(provenance, "status", outcome.status) ?? "ok",
		errorType: keep(provenance, "errorType", outcome.errorType),
		errorMessage: keep(provenance, "errorMessage", outcome.errorMessage),
		finishReason: keep(provenance, "finishReason", deriveFinishReason(evidence, kind, output)),
		promptName: keep(provenance, "promptName", scalar(evidence, "promptName")),
		promptVersion: keep(provenance, "promptVersion", scalar(evidence, "promptVersion")),
		promptTemplate: keep(
			provenance,
			"promptTemplate",
			evidence.firstOf("promptTemplate", (value) => jsonText(value)),
		),
		servedModel: keep(provenance, "servedModel", model.servedModel),
		routingAlias: keep(provenance, "routingAlias", model.routingAlias),
		trace: deriveClaims(evidence),
		provenance,
	};
}

/** Notes where a field comes from. */
function keep<T>(provenance: Record<string, string>, field: keyof DerivedFields, found: Found<T> | null): T | null {
	if (!found) return null;
	provenance[field] = found.from;
	return found.value;
}

function scalar(evidence: Evidence, field: Field): Found<string> | null {
	return evidence.firstOf(field, scalarText);
}

function asFound(counts: DerivedUsage | null): Found<DerivedUsage["usage"]> | null {
	return counts && { value: counts.usage, from: counts.from };
}

/** The raw text of what came in events or log records: as it was when it is one text, else as JSON. */
function rawOfEvents(messages: Found<Message[]> | null, tool: Found<unknown> | null): Found<string> | null {
	const found = [messages, tool].find((candidate) => candidate && /^(event|log):/.test(candidate.from));
	if (!found) return null;
	const only =
		messages?.value.length === 1 && messages.value[0]?.parts.length === 1 ? messages.value[0].parts[0] : null;
	return { value: only?.type === "text" ? only.text : jsonText(found.value), from: found.from };
}

function inputText(
	evidence: Evidence,
	kind: SpanKind,
	messages: Found<Message[]> | null,
	raw: Found<string> | null,
	tool: DerivedTool | null,
): Found<string> | null {
	if (tool) return textOf(tool.arguments) ?? raw;
	if (kind === "retrieval" || kind === "reranker") return deriveQuery(evidence) ?? unwrapped(raw);
	if (kind === "embedding") return deriveEmbeddedTexts(evidence) ?? unwrapped(raw);
	return messages ? nonEmpty(inputTextOf(messages.value), messages.from) : unwrapped(raw);
}

function outputText(
	kind: SpanKind,
	messages: Found<Message[]> | null,
	raw: Found<string> | null,
	tool: DerivedTool | null,
): Found<string> | null {
	if (tool) return textOf(tool.result) ?? raw;
	// Documents have a field of their own, and vectors are no text.
	if (kind === "retrieval" || kind === "reranker" || kind === "embedding") return null;
	return messages ? nonEmpty(outputTextOf(messages.value), messages.from) : unwrapped(raw);
}

function textOf(found: Found<unknown> | null): Found<string> | null {
	return found && { value: jsonText(found.value), from: found.from };
}

function nonEmpty(value: string | null, from: string): Found<string> | null {
	return value === null ? null : { value, from };
}

function unwrapped(raw: Found<string> | null): Found<string> | null {
	return raw && nonEmpty(unwrapText(parseLoose(raw.value).value), raw.from);
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

function deriveFinishReason(evidence: Evidence, kind: SpanKind, output: Found<Message[]> | null): Found<string> | null {
	if (kind !== "llm" && kind !== "agent") return null;
	const told = evidence.firstOf("finishReason", normaliseFinishReason);
	if (told) return told;
	const inMessage = output?.value.find((message) => message.finish_reason)?.finish_reason;
	return output && inMessage ? { value: inMessage, from: output.from } : null;
}

function deriveClaims(evidence: Evidence): TraceClaims {
	const text = (field: Field) => evidence.firstOf(field, (value) => unwrapText(value))?.value ?? null;
	return {
		name: text("traceName"),
		workflowName: text("workflowName"),
		input: text("traceInput"),
		output: text("traceOutput"),
		metadata: mergeMaps(evidence, "traceMetadata")?.value ?? null,
		isRoot: evidence.first("traceRoot") !== null,
	};
}
