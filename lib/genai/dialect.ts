import type { LogRecord } from "@/lib/span/log-record";
import type { Message } from "@/lib/span/message";
import type { ReportedSpan, SpanKind } from "@/lib/span/span";

/** Everything that a table row can give. Dotted names are the counts of a usage. */
export type Field =
	| "displayName"
	| "provider"
	| "providerHost"
	| "requestModel"
	| "responseModel"
	| "input"
	| "output"
	| "inputMessages"
	| "outputMessages"
	| "systemInstructions"
	| "toolDefinitions"
	| "toolName"
	| "toolCallId"
	| "toolArguments"
	| "toolResult"
	| "query"
	| "documents"
	| "embeddedTexts"
	| "usage.input"
	| "usage.output"
	| "usage.cache_read"
	| "usage.cache_creation"
	| "usage.reasoning"
	| "usage.audio_input"
	| "usage.audio_output"
	| "usage.total"
	| "usage.cache_creation_1h"
	| "aggregate.input"
	| "aggregate.output"
	| "aggregate.total"
	| "cost"
	| "ttft"
	| "sessionId"
	| "userId"
	| "tags"
	| "metadata"
	| "environment"
	| "release"
	| "agentName"
	| "failure"
	| "errorType"
	| "errorMessage"
	| "finishReason"
	| "promptName"
	| "promptVersion"
	| "promptTemplate"
	| "routingAlias"
	| "servedModel"
	| "serviceTier"
	| "traceName"
	| "workflowName"
	| "traceInput"
	| "traceOutput"
	| "traceMetadata"
	| "traceRoot"
	| "evaluation.name"
	| "evaluation.score"
	| "evaluation.label"
	| "evaluation.explanation";

/** A value, and the key, `event:<name>` or `log:<name>` that gave it. */
export interface Found<T> {
	value: T;
	from: string;
}

/** Numbered keys by index; indices come in any order and with gaps. */
export type Numbered = Map<number, Map<string, unknown>>;

/** Everything a span says, as rows and rules may ask for it. */
export interface Evidence {
	readonly span: ReportedSpan;
	/** In the order of their times. */
	readonly logs: readonly LogRecord[];
	/** The convention that the span follows. */
	readonly convention: string;
	/** The first dialect whose mark one of the keys is, as its place in the list; infinite when there is none. */
	readonly markedBy: number;
	/** An attribute of the span, else of its resource, as plain JSON; undefined when absent or not meaningful. */
	plain(key: string): unknown;
	/** Like `plain`, as text; undefined for structures. */
	text(key: string): string | undefined;
	/** Like `plain`, with JSON text parsed. */
	json(key: string): unknown;
	/** Whether the span itself has the key, whatever its value. */
	has(key: string): boolean;
	/** Whether any of the span's own keys begins so. */
	hasHead(head: string): boolean;
	/** Numbered keys under a head, e.g. `llm.input_messages`. */
	numbered(head: string): Numbered | undefined;
	/** Whether any row of the field has a key on this span. */
	mentions(field: Field): boolean;
	/** Whether the sender hid a value of the field. */
	hides(field: Field): boolean;
	/** The value of the first row of a field that has a meaningful one, JSON text parsed. */
	first(field: Field): Found<unknown> | null;
	/** The first meaningful value that `translate` accepts; null and undefined go on to the next row. */
	firstOf<T>(
		field: Field,
		translate: (value: unknown, key: string) => T | null | undefined,
		accepts?: (place: number) => boolean,
	): Found<T> | null;
	/** Every meaningful value of a field, first row first. */
	all(field: Field): Found<unknown>[];
	/** The first meaningful value as it was sent: text stays text, structures become compact JSON. */
	firstRaw(field: Field): Found<string> | null;
}

/** How a row's value is read when its key and shape alone do not say it. */
export interface Reading {
	/** Member of the JSON value: names and list indices. */
	path?: readonly (string | number)[];
	/** The row counts only then. */
	when?: (evidence: Evidence) => boolean;
	/** Translates the value (plain JSON, text not yet parsed); null or undefined leaves the field to the next row. */
	read?: (value: unknown, evidence: Evidence) => unknown;
	/** The key is the head of numbered keys (`head.0.rest`), and this is how they are written. */
	numbered?: "openinference" | "traceloop";
	/** The key is the head of a map (`head.name`); the value is the map. */
	map?: true;
}

/**
 * A place in the order of a field, a key, and how to read it. Lower places win, across all dialects; tens leave room. The
 * order is the field's, not the dialect's: `gen_ai.request.model` goes before `llm.model_name`, and `session.id` before both
 * their conversations.
 */
export type Row = readonly [place: number, key: string, reading?: Reading];

/** Where a kind is told: a key whose upper-cased value is looked up, or a rule over the whole span. */
export type KindRow =
	| { place: number; key: string; values: Readonly<Record<string, SpanKind>>; unquote?: true }
	| { place: number; key: string; match: readonly (readonly [RegExp, SpanKind])[] }
	| { place: number; read: (evidence: Evidence) => SpanKind | null };

/** Whether parts carry the bytes of media: only for who is about to serve them. */
export interface MediaOption {
	media?: "reference" | "inline";
}

/** How one side of a conversation is read. */
export interface Turns {
	side: "input" | "output";
	/** Whether plain text is a turn. */
	speaks: boolean;
	options: MediaOption;
}

/** A conversation that no single key holds. */
export interface MessageRule {
	place: number;
	side: "input" | "output";
	read: (evidence: Evidence, turns: Turns) => { messages: Message[]; from: string } | null;
}

/** One tracing convention as data: how to recognise it, and where it keeps each field. */
export interface Dialect {
	/** The convention's name, as the canonical record carries it. */
	name: string;
	/** Instrumentation scopes that only this convention uses. */
	scope?: RegExp;
	/** Keys, or heads of keys ending in a dot or colon, that only this convention writes. */
	marks?: readonly string[];
	/** Span names that only this convention gives. */
	spanName?: RegExp;
	/** Values by which it betrays itself under keys that all use. */
	words?: readonly (readonly [key: string, value: RegExp])[];
	kind?: readonly KindRow[];
	fields?: Readonly<Partial<Record<Field, readonly Row[]>>>;
	messages?: readonly MessageRule[];
}
