import { type Sql, sql, string } from "@/lib/clickhouse/sql";
import {
	attributePlaces,
	attributeText,
	choice,
	type Field,
	metadataAt,
	momentAt,
	number,
	numberAt,
	type Place,
	text,
	textAt,
} from "@/lib/filter/field";
import { durationNanos, SPAN_KINDS } from "@/lib/span/span";
import { USAGE_COUNTS, type Usage } from "@/lib/span/usage";

const TOKEN_COLUMNS: Readonly<Record<keyof Usage, readonly [own: Sql, aggregate: Sql, about: string]>> = {
	input: [sql`input_tokens`, sql`aggregate_input_tokens`, "input tokens, cached ones included"],
	output: [sql`output_tokens`, sql`aggregate_output_tokens`, "output tokens, reasoning included"],
	cache_read: [sql`cache_read_tokens`, sql`aggregate_cache_read_tokens`, "tokens read from a cache"],
	cache_creation: [sql`cache_creation_tokens`, sql`aggregate_cache_creation_tokens`, "tokens written to a cache"],
	reasoning: [sql`reasoning_tokens`, sql`aggregate_reasoning_tokens`, "reasoning tokens"],
	audio_input: [sql`audio_input_tokens`, sql`aggregate_audio_input_tokens`, "audio tokens of the input"],
	audio_output: [sql`audio_output_tokens`, sql`aggregate_audio_output_tokens`, "audio tokens of the output"],
	total: [sql`total_tokens`, sql`aggregate_total_tokens`, "all tokens"],
};

// What is no count is not stored.
function count(usage: Usage | null, name: keyof Usage): number | null {
	const value = usage?.[name];
	return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

const INPUT = [textAt(sql`whole_input_text`, (span) => span.inputText), textAt(sql`raw_input`, (span) => span.input)];
const OUTPUT = [
	textAt(sql`whole_output_text`, (span) => span.outputText),
	textAt(sql`raw_output`, (span) => span.output),
];
const REQUESTED = textAt(sql`request_model`, (span) => span.requestModel);
const SERVED = textAt(sql`response_model`, (span) => span.responseModel);

/** Every field but those with a key of their own, in the order they are offered. */
export const FIELDS: readonly Field[] = [
	text(
		"name",
		"the span's name, as reported",
		textAt(sql`name`, (span) => span.name),
	),
	choice(
		"kind",
		"what the span is",
		SPAN_KINDS,
		textAt(sql`kind`, (span) => span.kind),
	),
	choice(
		"status",
		"how it ended",
		["ok", "error"],
		textAt(sql`status`, (span) => span.status),
	),
	text("model", "the model asked for or the one that answered", REQUESTED, SERVED),
	text(
		"provider",
		"who serves the model",
		textAt(sql`provider`, (span) => span.provider),
	),
	text("input", "what went in: the readable text or the raw one", ...INPUT),
	text("output", "what came out: the readable text or the raw one", ...OUTPUT),
	{ name: "text", type: "search", about: "input and output: what bare words look into", places: [...INPUT, ...OUTPUT] },
	number(
		"latency",
		"from start to end, in milliseconds",
		{
			known: sql`(start_unix_nano != 0 AND end_unix_nano >= start_unix_nano)`,
			value: sql`(toFloat64(toUInt64(end_unix_nano - start_unix_nano)) / 1000000)`,
			read: (span) => {
				const nanos = durationNanos(span.startTimeUnixNano || null, span.endTimeUnixNano || null);
				return nanos === null ? null : Number(nanos) / 1_000_000;
			},
		},
		"ms",
	),
	number(
		"ttft",
		"until the first token, in milliseconds",
		numberAt(sql`ttft_ms`, (span) => span.ttftMs),
		"ms",
	),
	number(
		"cost",
		"US dollars of the span's own call",
		numberAt(sql`cost_usd`, (span) => span.costUsd),
		"usd",
	),
	number(
		"cost.input",
		"US dollars of its input",
		numberAt(sql`cost_input`, (span) => span.costInput),
		"usd",
	),
	number(
		"cost.output",
		"US dollars of its output",
		numberAt(sql`cost_output`, (span) => span.costOutput),
		"usd",
	),
	choice(
		"cost.source",
		"where the cost comes from",
		["reported", "override", "genai-prices"],
		textAt(sql`cost_source`, (span) => span.costSource),
	),
	text(
		"cost.note",
		"why there is no cost, or how exact it is",
		textAt(sql`cost_note`, (span) => span.costNote),
	),
	...USAGE_COUNTS.map((name) => {
		const [own, , about] = TOKEN_COLUMNS[name];
		return number(
			`tokens.${name}`,
			`${about}, of the span's own call`,
			numberAt(own, (span) => count(span.usage, name)),
		);
	}),
	text(
		"session",
		"the session's id",
		textAt(sql`session_id`, (span) => span.sessionId),
	),
	text(
		"user",
		"the user's id",
		textAt(sql`user_id`, (span) => span.userId),
	),
	{
		name: "tags",
		type: "list",
		about: "its tags",
		places: [
			{
				known: sql`notEmpty(tags)`,
				value: sql`tags`,
				read: ({ tags }) => (tags === null || tags.length === 0 ? null : tags.map((tag) => tag.toWellFormed())),
			},
		],
	},
	text(
		"environment",
		"production, staging ...",
		textAt(sql`environment`, (span) => span.environment),
	),
	text(
		"release",
		"the application's version",
		textAt(sql`release`, (span) => span.release),
	),
	text(
		"agent",
		"the agent's name",
		textAt(sql`agent_name`, (span) => span.agentName),
	),
	text(
		"tool",
		"the tool's name",
		textAt(sql`tool_name`, (span) => span.toolName),
	),
	text(
		"error",
		"the error's type",
		textAt(sql`error_type`, (span) => span.errorType),
	),
	text(
		"status.message",
		"what the sender says of how it ended",
		textAt(sql`status_message`, (span) => span.statusMessage),
	),
	text(
		"finish_reason",
		"why the model stopped",
		textAt(sql`finish_reason`, (span) => span.finishReason),
	),
	text("model.requested", "the model asked for", REQUESTED),
	text("model.served", "the model that answered", SERVED),
	text(
		"alias",
		"the name the caller asked for when a router chose the model",
		textAt(sql`routing_alias`, (span) => span.routingAlias),
	),
	text(
		"prompt",
		"the prompt's name",
		textAt(sql`prompt_name`, (span) => span.promptName),
	),
	text(
		"prompt.version",
		"the prompt's version",
		textAt(sql`prompt_version`, (span) => span.promptVersion),
	),
	{
		name: "start",
		type: "time",
		about: "when it started",
		places: [momentAt(sql`start_unix_nano`, (span) => span.startTimeUnixNano)],
	},
	{
		name: "end",
		type: "time",
		about: "when it ended",
		places: [momentAt(sql`end_unix_nano`, (span) => span.endTimeUnixNano)],
	},
	text(
		"trace",
		"the trace's id, 32 hex digits",
		textAt(sql`trace_id`, (span) => span.traceId),
	),
	text(
		"span",
		"the span's id, 16 hex digits",
		textAt(sql`span_id`, (span) => span.spanId),
	),
	text(
		"parent",
		"the id of the span above",
		textAt(sql`parent_span_id`, (span) => span.parentSpanId),
	),
	{
		name: "root",
		type: "boolean",
		about: "whether nothing is above it",
		places: [
			{
				known: sql`1`,
				value: sql`(parent_span_id = '' OR marked_root = true)`,
				read: (span) => !span.parentSpanId || span.trace.isRoot,
			},
		],
	},
	text(
		"display.name",
		"the name that is shown",
		textAt(sql`display_name`, (span) => span.displayName),
	),
	text(
		"service",
		"the service that sent it",
		textAt(sql`service`, (span) => attributeText(span.resource.attributes, "service.name") ?? null),
	),
	text(
		"scope",
		"the instrumentation's name",
		textAt(sql`scope_name`, (span) => span.scope.name),
	),
	text(
		"scope.version",
		"the instrumentation's version",
		textAt(sql`scope_version`, (span) => span.scope.version),
	),
	text(
		"convention",
		"the tracing convention it follows",
		textAt(sql`convention`, (span) => span.convention),
	),
	choice(
		"origin",
		"how it came here",
		["otlp", "gateway", "api", "judge"],
		textAt(sql`origin`, (span) => span.origin),
	),
	text(
		"price.version",
		"the prices its cost was computed with",
		textAt(sql`price_version`, (span) => span.priceVersion),
	),
	text(
		"otel.kind",
		"SPAN_KIND_CLIENT and the like",
		textAt(sql`otel_kind`, (span) => span.otelKind),
	),
	text(
		"otel.status",
		"STATUS_CODE_OK or STATUS_CODE_ERROR",
		textAt(sql`status_code`, (span) => span.statusCode),
	),
	text(
		"trace.name",
		"the trace's name, where this span says it",
		textAt(sql`trace_name`, (span) => span.trace.name),
	),
	text(
		"trace.input",
		"the trace's input, where this span says it",
		textAt(sql`trace_input`, (span) => span.trace.input),
	),
	text(
		"trace.output",
		"the trace's output, where this span says it",
		textAt(sql`trace_output`, (span) => span.trace.output),
	),
	text(
		"workflow",
		"the workflow's name",
		textAt(sql`workflow_name`, (span) => span.trace.workflowName),
	),
	number(
		"aggregate.cost",
		"US dollars of the spans below, as reported",
		numberAt(sql`aggregate_cost_usd`, (span) => span.aggregateCostUsd),
		"usd",
	),
	...USAGE_COUNTS.map((name) => {
		const [, aggregate, about] = TOKEN_COLUMNS[name];
		return number(
			`aggregate.tokens.${name}`,
			`${about}, of the spans below`,
			numberAt(aggregate, (span) => count(span.aggregateUsage, name)),
		);
	}),
];

/** Fields with a key: how they are written, and where they stand. */
export const KEYED: readonly { name: string; about: string; places(key: string): Place[] }[] = [
	{
		name: "attribute",
		about: "an attribute of the span, else of its resource",
		places(key) {
			const parameter = string(key);
			const own = sql`mapContains(attributes, ${parameter})`;
			return [
				{
					known: sql`(${own} OR mapContains(resource_attributes, ${parameter}))`,
					value: sql`if(${own}, attributes[${parameter}], resource_attributes[${parameter}])`,
					read: (span) => attributeText(span.attributes, key) ?? attributeText(span.resource.attributes, key) ?? null,
				},
			];
		},
	},
	{
		name: "metadata",
		about: "a value of the metadata",
		places: (key) => [metadataAt(sql`metadata`, key, (span) => span.metadata)],
	},
	{
		name: "resource",
		about: "an attribute of the resource",
		places: (key) => attributePlaces(sql`resource_attributes`, key, (span) => span.resource.attributes),
	},
	{
		name: "trace.metadata",
		about: "a value of the trace's metadata, where this span says it",
		places: (key) => [metadataAt(sql`trace_metadata`, key, (span) => span.trace.metadata)],
	},
];
