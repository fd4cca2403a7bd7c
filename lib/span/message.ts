/**
 * One piece of a message. The names are the ones the API serves; a key that is not known is absent. Bytes are never inline:
 * `data_ref` says that the span's own attributes hold them.
 */
export type Part =
	| { type: "text"; text: string }
	/** Without text when the provider encrypts it. */
	| { type: "reasoning"; text?: string; signature?: true }
	/** Arguments parsed when they are JSON, otherwise as sent. */
	| { type: "tool_call"; id?: string; name: string; arguments?: unknown }
	| { type: "tool_result"; id?: string; name?: string; result: unknown; is_error?: true }
	| { type: MediaType; mime?: string; url?: string; file_id?: string; data_ref?: true }
	| { type: "refusal"; text: string }
	/** What we do not know is kept as it came. */
	| { type: "other"; raw: unknown };

export type MediaType = "image" | "audio" | "video" | "file";
export type MediaPart = Extract<Part, { type: MediaType }>;

export const FINISH_REASONS = ["stop", "length", "tool_call", "content_filter", "error", "other"] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

/** One turn of a conversation with a model. Roles that no convention knows pass through. */
export interface Message {
	role: "system" | "user" | "assistant" | "tool" | (string & {});
	name?: string;
	parts: Part[];
	finish_reason?: FinishReason;
	/** Sent cut: its JSON did not parse, and the text is all there is. */
	truncated?: true;
}

/** A function that a model may call. */
export interface ToolDefinition {
	name: string;
	description?: string;
	/** JSON schema as sent. */
	parameters?: unknown;
}

/** A document that a retriever or reranker gave back. */
export interface RetrievalDocument {
	id?: string;
	score?: number;
	text?: string;
	metadata?: Record<string, unknown>;
}

/** A judgement that somebody else made of the span. */
export interface ReportedEvaluation {
	name: string | null;
	score: number | null;
	label: string | null;
	explanation: string | null;
}
