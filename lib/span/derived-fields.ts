import type { Message, ReportedEvaluation, RetrievalDocument, ToolDefinition } from "@/lib/span/message";
import type { SpanKind } from "@/lib/span/span-kind";
import type { Usage } from "@/lib/span/usage";

/** Rises when derivation reads spans differently: rows tell by it which rules they were derived with. */
export const DERIVE_VERSION = 1;

/** What a reported span means, whoever instrumented it. A null field is unknown, never zero or empty. */
export interface DerivedFields {
	/** Which tracing convention the span follows; `other` when none. */
	convention: string;
	kind: SpanKind;
	/** The name to show; rules match the span's own name. */
	displayName: string;
	provider: string | null;
	requestModel: string | null;
	responseModel: string | null;
	/** Raw text of input and output, and the attribute key, `event:<name>` or `log:<name>` each came from. */
	input: string | null;
	output: string | null;
	inputFrom: string | null;
	outputFrom: string | null;
	/** What a reader wants to read: the last user message and the answer, a tool's arguments and result, a query. */
	inputText: string | null;
	outputText: string | null;
	inputMessages: Message[] | null;
	outputMessages: Message[] | null;
	/** `redacted` when the sender left marks where content would be. */
	contentState: "redacted" | null;
	toolDefinitions: ToolDefinition[] | null;
	toolName: string | null;
	toolCallId: string | null;
	/** Parsed when JSON, otherwise as sent. */
	toolArguments: unknown;
	toolResult: unknown;
	retrievalDocuments: RetrievalDocument[] | null;
	evaluation: ReportedEvaluation | null;
	/** Tokens of this span's own model call: what totals add up. */
	usage: Usage | null;
	/** Tokens that repeat those of the spans below; never added up. */
	aggregateUsage: Usage | null;
	/** Part of `usage.cache_creation` that is kept for an hour, which costs more. */
	cacheCreation1h: number | null;
	/** Whether the counts stand as reported or cached and reasoning tokens had to be added. */
	usageBasis: "reported" | "corrected" | null;
	/** US dollars that the sender says this span's own call cost. */
	reportedCostUsd: number | null;
	/** US dollars that the sender says the spans below cost together. */
	aggregateCostUsd: number | null;
	/** Batch, flex, priority ...: what the provider's price depends on. */
	serviceTier: string | null;
	/** Milliseconds until the first token. */
	ttftMs: number | null;
	sessionId: string | null;
	userId: string | null;
	tags: string[] | null;
	metadata: Record<string, unknown> | null;
	environment: string | null;
	release: string | null;
	agentName: string | null;
	status: "ok" | "error";
	errorType: string | null;
	errorMessage: string | null;
	finishReason: string | null;
	promptName: string | null;
	promptVersion: string | null;
	promptTemplate: string | null;
	/** The model that a gateway says it called, with the provider's prefix. */
	servedModel: string | null;
	/** The name the caller asked for when something in between chose another model. */
	routingAlias: string | null;
	/** What the span says of its whole trace. */
	trace: TraceClaims;
	/** For each derived field the key that gave it: an attribute, `event:<name>`, `log:<name>`, or a short reason. */
	provenance: Record<string, string>;
}

/** What one span says of the whole trace it belongs to. */
export interface TraceClaims {
	name: string | null;
	/** The workflow's name: stands for the trace when no span names it outright. */
	workflowName: string | null;
	input: string | null;
	output: string | null;
	metadata: Record<string, unknown> | null;
	/** The sender marks this span as the root although it names a parent. */
	isRoot: boolean;
}

/** What one span's own model call cost, and how that is known. Frozen when the span is stored. */
export interface Cost {
	/** US dollars: as reported, else computed; null when unknown. */
	costUsd: number | null;
	costInput: number | null;
	costOutput: number | null;
	/** Where `costUsd` comes from. */
	costSource: "reported" | "override" | "genai-prices" | null;
	/** Which prices were used, e.g. `genai-prices 0.1.8`. */
	priceVersion: string | null;
	/** Why nothing could be computed, or that the tier's factor is approximate. */
	costNote: string | null;
}
