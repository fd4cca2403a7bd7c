import { z } from "zod";
import type { Cost } from "@/lib/span/derived-fields";
import type { LogRecord } from "@/lib/span/log-record";
import type { SpanKind, SpanKindName, SpanOrigin, StatusCodeName } from "@/lib/span/span";
import { joinAttributes, joinMetadata, textMap } from "@/lib/traces/attribute-columns";
import { type EventJson, fromEventJson, fromLinkJson, type LinkJson } from "@/lib/traces/event-json";
import { readSlice, type TextSlice } from "@/lib/traces/text-slice";
import type { StoredSpan } from "@/lib/traces/trace";
import { AggregateUsageColumns, aggregateUsageOf, UsageColumns, usageOf } from "@/lib/traces/usage-columns";

const uint64 = z.string();

/** A row of the `spans` table as ClickHouse gives it. */
export const StoredSpanRow = z.object({
	project_id: z.string(),
	trace_id: z.string(),
	span_id: z.string(),
	parent_span_id: z.string(),
	trace_state: z.string(),
	flags: z.number(),
	name: z.string(),
	otel_kind: z.string(),
	start_unix_nano: uint64,
	end_unix_nano: uint64,
	status_code: z.string(),
	status_message: z.string(),
	attributes: textMap,
	attribute_values: textMap,
	dropped_attributes_count: z.number(),
	events: z.string(),
	dropped_events_count: z.number(),
	links: z.string(),
	dropped_links_count: z.number(),
	resource_attributes: textMap,
	resource_attribute_values: textMap,
	resource_dropped_attributes_count: z.number(),
	resource_schema_url: z.string(),
	scope_name: z.string(),
	scope_version: z.string(),
	scope_attributes: textMap,
	scope_attribute_values: textMap,
	scope_dropped_attributes_count: z.number(),
	scope_schema_url: z.string(),
	origin: z.string(),
	kind: z.string(),
	provider: z.string(),
	request_model: z.string(),
	response_model: z.string(),
	input: z.string(),
	output: z.string(),
	input_from: z.string(),
	output_from: z.string(),
	...UsageColumns.shape,
	session_id: z.string(),
	user_id: z.string(),
	expires_at: z.string(),
	convention: z.string(),
	display_name: z.string(),
	input_text: z.string(),
	input_at: z.number(),
	input_length: z.number(),
	output_text: z.string(),
	output_at: z.number(),
	output_length: z.number(),
	tool_name: z.string(),
	...AggregateUsageColumns.shape,
	aggregate_cost_usd: z.number().nullable(),
	cost_usd: z.number().nullable(),
	cost_input: z.number().nullable(),
	cost_output: z.number().nullable(),
	cost_source: z.string(),
	price_version: z.string(),
	cost_note: z.string(),
	ttft_ms: z.number().nullable(),
	tags: z.array(z.string()),
	metadata: textMap,
	metadata_values: textMap,
	environment: z.string(),
	release: z.string(),
	agent_name: z.string(),
	status: z.string(),
	error_type: z.string(),
	finish_reason: z.string(),
	prompt_name: z.string(),
	prompt_version: z.string(),
	routing_alias: z.string(),
	trace_name: z.string(),
	workflow_name: z.string(),
	trace_input: z.string(),
	trace_output: z.string(),
	trace_metadata: textMap,
	trace_metadata_values: textMap,
	marked_root: z.boolean(),
	derive_version: z.number(),
	inserted_at: z.string(),
});
export type StoredSpanRow = z.infer<typeof StoredSpanRow>;

/** Every column that is read, by name. */
export const SPAN_COLUMNS: readonly string[] = Object.keys(StoredSpanRow.shape);

/** A stored row as a span, with the log records that belong to it. */
export function fromSpanRow(row: StoredSpanRow, logs: LogRecord[] = []): StoredSpan {
	return {
		projectId: row.project_id,
		traceId: row.trace_id,
		spanId: row.span_id,
		parentSpanId: row.parent_span_id || null,
		traceState: row.trace_state,
		flags: row.flags,
		name: row.name,
		otelKind: (row.otel_kind || null) as SpanKindName | null,
		startTimeUnixNano: nanos(row.start_unix_nano),
		endTimeUnixNano: nanos(row.end_unix_nano),
		statusCode: (row.status_code || null) as StatusCodeName | null,
		statusMessage: row.status_message,
		attributes: joinAttributes({ texts: row.attributes, values: row.attribute_values }),
		droppedAttributesCount: row.dropped_attributes_count,
		events: row.events === "" ? [] : (JSON.parse(row.events) as EventJson[]).map(fromEventJson),
		droppedEventsCount: row.dropped_events_count,
		links: row.links === "" ? [] : (JSON.parse(row.links) as LinkJson[]).map(fromLinkJson),
		droppedLinksCount: row.dropped_links_count,
		resource: {
			attributes: joinAttributes({ texts: row.resource_attributes, values: row.resource_attribute_values }),
			droppedAttributesCount: row.resource_dropped_attributes_count,
			schemaUrl: row.resource_schema_url,
		},
		scope: {
			name: row.scope_name,
			version: row.scope_version,
			attributes: joinAttributes({ texts: row.scope_attributes, values: row.scope_attribute_values }),
			droppedAttributesCount: row.scope_dropped_attributes_count,
			schemaUrl: row.scope_schema_url,
		},
		origin: row.origin as SpanOrigin,
		kind: row.kind as SpanKind,
		provider: row.provider || null,
		requestModel: row.request_model || null,
		responseModel: row.response_model || null,
		input: rawText(row, row.input, row.input_from),
		output: rawText(row, row.output, row.output_from),
		inputFrom: row.input_from || null,
		outputFrom: row.output_from || null,
		usage: usageOf(row),
		sessionId: row.session_id || null,
		userId: row.user_id || null,
		expiresAt: utc(row.expires_at),
		convention: row.convention,
		displayName: row.display_name,
		inputText: wholeText(row, row.input_text, row.input_from, { at: row.input_at, length: row.input_length }),
		outputText: wholeText(row, row.output_text, row.output_from, { at: row.output_at, length: row.output_length }),
		toolName: row.tool_name || null,
		aggregateUsage: aggregateUsageOf(row),
		aggregateCostUsd: row.aggregate_cost_usd,
		costUsd: row.cost_usd,
		costInput: row.cost_input,
		costOutput: row.cost_output,
		costSource: (row.cost_source || null) as Cost["costSource"],
		priceVersion: row.price_version || null,
		costNote: row.cost_note || null,
		ttftMs: row.ttft_ms,
		tags: row.tags.length === 0 ? null : row.tags,
		metadata: joinMetadata({ texts: row.metadata, values: row.metadata_values }),
		environment: row.environment || null,
		release: row.release || null,
		agentName: row.agent_name || null,
		status: row.status === "error" ? "error" : "ok",
		errorType: row.error_type || null,
		finishReason: row.finish_reason || null,
		promptName: row.prompt_name || null,
		promptVersion: row.prompt_version || null,
		routingAlias: row.routing_alias || null,
		trace: {
			name: row.trace_name || null,
			workflowName: row.workflow_name || null,
			input: row.trace_input || null,
			output: row.trace_output || null,
			metadata: joinMetadata({ texts: row.trace_metadata, values: row.trace_metadata_values }),
			isRoot: row.marked_root,
		},
		insertedAt: utc(row.inserted_at),
		insertedAtText: row.inserted_at,
		deriveVersion: row.derive_version,
		logs,
	};
}

// A long text that stands in an attribute is stored as its head and where it is.
function wholeText(row: StoredSpanRow, text: string, from: string, slice: TextSlice): string | null {
	return slice.length === 0 ? text || null : readSlice(slice, row.attributes[from] ?? "");
}

// Raw text that is an attribute as it stands is stored there only.
function rawText(row: StoredSpanRow, text: string, from: string): string | null {
	if (text !== "" || from === "") return text || null;
	return Object.hasOwn(row.attributes, from) ? row.attributes[from] || null : null;
}

/** ClickHouse's `2026-11-22 03:10:40.123456` in UTC -> Date. */
export function utc(text: string): Date {
	return new Date(`${text.replace(" ", "T")}Z`);
}

export function nanos(text: string): bigint | null {
	const value = BigInt(text);
	return value === 0n ? null : value;
}
