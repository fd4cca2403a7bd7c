import { deriveTags, mergeMaps, scalarText } from "@/lib/genai/derive-context";
import { deriveKind } from "@/lib/genai/derive-kind";
import { deriveMessages } from "@/lib/genai/derive-messages";
import { type DerivedModel, deriveModel } from "@/lib/genai/derive-model";
import { type DerivedOutcome, deriveOutcome, deriveTtft } from "@/lib/genai/derive-outcome";
import { deriveEmbeddedTexts, deriveQuery } from "@/lib/genai/derive-retrieval";
import { type DerivedTool, deriveTool } from "@/lib/genai/derive-tool";
import { type DerivedUsage, deriveAggregate, deriveUsage } from "@/lib/genai/derive-usage";
import type { Evidence, Field, Found } from "@/lib/genai/dialect";
import { readNumber } from "@/lib/genai/meaningful";
import type { Conversation } from "@/lib/genai/messages/conversation";
import { normaliseFinishReason } from "@/lib/genai/messages/finish-reason";
import { jsonText, parseLoose } from "@/lib/genai/messages/json-value";
import { finishReasonOf, inputTextOf, outputTextOf, unwrapText } from "@/lib/genai/messages/message-text";
import type { TraceClaims } from "@/lib/span/derived-fields";
import type { SpanKind } from "@/lib/span/span";

/** Kinds that call a model themselves: their tokens and cost are their own. Others repeat those of the spans below. */
const CALLS = new Set<SpanKind>(["llm", "embedding", "reranker"]);

/** What is stored of a span's meaning or decides its price, each with where it comes from. */
export interface FoundFields {
	kind: Found<SpanKind>;
	model: DerivedModel;
	tool: DerivedTool | null;
	inputMessages: Found<Conversation> | null;
	outputMessages: Found<Conversation> | null;
	displayName: Found<string> | null;
	input: Found<string> | null;
	output: Found<string> | null;
	inputText: Found<string> | null;
	outputText: Found<string> | null;
	/** Of this span's own model call, or of the spans below: only one of the two is counted. */
	usage: DerivedUsage | null;
	aggregateUsage: DerivedUsage | null;
	usageBasis: DerivedUsage["basis"] | null;
	reportedCostUsd: Found<number> | null;
	aggregateCostUsd: Found<number> | null;
	serviceTier: Found<string> | null;
	ttftMs: Found<number> | null;
	sessionId: Found<string> | null;
	userId: Found<string> | null;
	tags: Found<string[]> | null;
	metadata: Found<Record<string, unknown>> | null;
	environment: Found<string> | null;
	release: Found<string> | null;
	agentName: Found<string> | null;
	outcome: DerivedOutcome;
	finishReason: Found<string> | null;
	promptName: Found<string> | null;
	promptVersion: Found<string> | null;
	trace: TraceClaims;
}

/** The fields that are stored with a span or decide its price. Messages are read only as far as those need it. */
export function findIndexed(evidence: Evidence): FoundFields {
	const kind = deriveKind(evidence);
	const tool = kind.value === "tool" ? deriveTool(evidence) : null;
	const inputMessages = deriveMessages(evidence, kind.value, "input");
	const outputMessages = deriveMessages(evidence, kind.value, "output");
	const input = evidence.firstRaw("input") ?? rawOfEvents(inputMessages, tool?.arguments ?? null);
	// An embedding's output is vectors: numbers that nobody reads.
	const output =
		kind.value === "embedding"
			? null
			: (evidence.firstRaw("output") ?? rawOfEvents(outputMessages, tool?.result ?? null));
	const own = deriveUsage(evidence);
	const cost = evidence.firstOf("cost", readNumber);
	const calls = CALLS.has(kind.value);
	const aggregate = deriveAggregate(evidence);
	const counts = calls ? own : (own ?? aggregate);
	return {
		kind,
		model: deriveModel(evidence, kind.value),
		tool,
		inputMessages,
		outputMessages,
		displayName: scalar(evidence, "displayName"),
		input,
		output,
		inputText: inputText(evidence, kind.value, inputMessages, input, tool),
		outputText: outputText(kind.value, outputMessages, output, tool),
		usage: calls ? counts : null,
		aggregateUsage: calls ? aggregate : counts,
		usageBasis: counts?.basis ?? null,
		reportedCostUsd: calls ? cost : null,
		aggregateCostUsd: calls ? null : cost,
		serviceTier: scalar(evidence, "serviceTier"),
		ttftMs: deriveTtft(evidence),
		sessionId: scalar(evidence, "sessionId"),
		userId: scalar(evidence, "userId"),
		tags: deriveTags(evidence),
		metadata: mergeMaps(evidence, "metadata"),
		environment: scalar(evidence, "environment"),
		release: scalar(evidence, "release"),
		agentName: scalar(evidence, "agentName"),
		outcome: deriveOutcome(evidence),
		finishReason: deriveFinishReason(evidence, kind.value, outputMessages),
		promptName: scalar(evidence, "promptName"),
		promptVersion: scalar(evidence, "promptVersion"),
		trace: deriveClaims(evidence),
	};
}

function scalar(evidence: Evidence, field: Field): Found<string> | null {
	return evidence.firstOf(field, scalarText);
}

/** The raw text of what came in events or log records: as it was when it is one text, else as JSON. */
function rawOfEvents(messages: Found<Conversation> | null, tool: Found<unknown> | null): Found<string> | null {
	if (messages && isOfEvent(messages)) {
		const all = messages.value.all();
		const only = all.length === 1 && all[0]?.parts.length === 1 ? all[0].parts[0] : null;
		return { value: only?.type === "text" ? only.text : jsonText(all), from: messages.from };
	}
	return tool && isOfEvent(tool) ? { value: jsonText(tool.value), from: tool.from } : null;
}

function isOfEvent({ from }: Found<unknown>): boolean {
	return from.startsWith("event:") || from.startsWith("log:");
}

function inputText(
	evidence: Evidence,
	kind: SpanKind,
	messages: Found<Conversation> | null,
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
	messages: Found<Conversation> | null,
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

function deriveFinishReason(
	evidence: Evidence,
	kind: SpanKind,
	output: Found<Conversation> | null,
): Found<string> | null {
	if (kind !== "llm" && kind !== "agent") return null;
	const told = evidence.firstOf("finishReason", normaliseFinishReason);
	if (told) return told;
	const inMessage = output && finishReasonOf(output.value);
	return inMessage ? { value: inMessage, from: output.from } : null;
}

function deriveClaims(evidence: Evidence): TraceClaims {
	const text = (field: Field) => evidence.firstOf(field, unwrapText)?.value ?? null;
	return {
		name: text("traceName"),
		workflowName: text("workflowName"),
		input: text("traceInput"),
		output: text("traceOutput"),
		metadata: mergeMaps(evidence, "traceMetadata")?.value ?? null,
		isRoot: evidence.first("traceRoot") !== null,
	};
}
