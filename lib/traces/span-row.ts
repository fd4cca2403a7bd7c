import { z } from "zod";
import type { KeyValue } from "@/lib/span/any-value";
import { type Cost, DERIVE_VERSION } from "@/lib/span/derived-fields";
import type { LogRecord } from "@/lib/span/log-record";
import type { Span, SpanEvent, SpanKind, SpanKindName, SpanLink, SpanOrigin, StatusCodeName } from "@/lib/span/span";
import {
	fromKeyValues,
	joinAttributes,
	joinMetadata,
	keyValues,
	splitAttributes,
	splitMetadata,
	textMap,
} from "@/lib/traces/attribute-columns";
import type { StoredSpan } from "@/lib/traces/trace";
import {
	AggregateUsageColumns,
	aggregateUsageColumns,
	aggregateUsageOf,
	UsageColumns,
	usageColumns,
	usageOf,
} from "@/lib/traces/usage-columns";

const uint64 = z.string();

/** A row of the `spans` table as ClickHouse gives and takes it. */
export const SpanRow = z.object({
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
	output_text: z.string(),
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
});
export type SpanRow = z.infer<typeof SpanRow>;

export const StoredSpanRow = SpanRow.extend({ inserted_at: z.string() });
export type StoredSpanRow = z.infer<typeof StoredSpanRow>;

/** Every column that is written, by name. */
export const SPAN_COLUMNS: readonly string[] = Object.keys(StoredSpanRow.shape);

/** A span as a row to insert; what the store itself adds, the arrival, is left out. */
export function toSpanRow(span: Span): SpanRow {
	const attributes = splitAttributes(span.attributes);
	const resource = splitAttributes(span.resource.attributes);
	const scope = splitAttributes(span.scope.attributes);
	const metadata = splitMetadata(span.metadata);
	const traceMetadata = splitMetadata(span.trace.metadata);
	return {
		project_id: span.projectId,
		trace_id: span.traceId,
		span_id: span.spanId,
		parent_span_id: span.parentSpanId ?? "",
		trace_state: span.traceState,
		flags: span.flags,
		name: span.name,
		otel_kind: span.otelKind ?? "",
		start_unix_nano: String(span.startTimeUnixNano ?? 0n),
		end_unix_nano: String(span.endTimeUnixNano ?? 0n),
		status_code: span.statusCode ?? "",
		status_message: span.statusMessage,
		attributes: attributes.texts,
		attribute_values: attributes.values,
		dropped_attributes_count: span.droppedAttributesCount,
		events: span.events.length === 0 ? "" : JSON.stringify(span.events.map(eventJson)),
		dropped_events_count: span.droppedEventsCount,
		links: span.links.length === 0 ? "" : JSON.stringify(span.links.map(linkJson)),
		dropped_links_count: span.droppedLinksCount,
		resource_attributes: resource.texts,
		resource_attribute_values: resource.values,
		resource_dropped_attributes_count: span.resource.droppedAttributesCount,
		resource_schema_url: span.resource.schemaUrl,
		scope_name: span.scope.name,
		scope_version: span.scope.version,
		scope_attributes: scope.texts,
		scope_attribute_values: scope.values,
		scope_dropped_attributes_count: span.scope.droppedAttributesCount,
		scope_schema_url: span.scope.schemaUrl,
		origin: span.origin,
		kind: span.kind,
		provider: text(span.provider),
		request_model: text(span.requestModel),
		response_model: text(span.responseModel),
		input: text(span.input),
		output: text(span.output),
		input_from: text(span.inputFrom),
		output_from: text(span.outputFrom),
		...usageColumns(span.usage),
		session_id: text(span.sessionId),
		user_id: text(span.userId),
		expires_at: span.expiresAt.toISOString().slice(0, -1).replace("T", " "),
		convention: text(span.convention),
		display_name: text(span.displayName),
		input_text: text(span.inputText),
		output_text: text(span.outputText),
		tool_name: text(span.toolName),
		...aggregateUsageColumns(span.aggregateUsage),
		aggregate_cost_usd: span.aggregateCostUsd,
		cost_usd: span.costUsd,
		cost_input: span.costInput,
		cost_output: span.costOutput,
		cost_source: text(span.costSource),
		price_version: text(span.priceVersion),
		cost_note: text(span.costNote),
		ttft_ms: span.ttftMs,
		tags: (span.tags ?? []).map(text),
		metadata: metadata.texts,
		metadata_values: metadata.values,
		environment: text(span.environment),
		release: text(span.release),
		agent_name: text(span.agentName),
		status: span.status,
		error_type: text(span.errorType),
		finish_reason: text(span.finishReason),
		prompt_name: text(span.promptName),
		prompt_version: text(span.promptVersion),
		routing_alias: text(span.routingAlias),
		trace_name: text(span.trace.name),
		workflow_name: text(span.trace.workflowName),
		trace_input: text(span.trace.input),
		trace_output: text(span.trace.output),
		trace_metadata: traceMetadata.texts,
		trace_metadata_values: traceMetadata.values,
		marked_root: span.trace.isRoot,
		derive_version: DERIVE_VERSION,
	};
}

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
		input: row.input || null,
		output: row.output || null,
		inputFrom: row.input_from || null,
		outputFrom: row.output_from || null,
		usage: usageOf(row),
		sessionId: row.session_id || null,
		userId: row.user_id || null,
		expiresAt: utc(row.expires_at),
		convention: row.convention,
		displayName: row.display_name,
		inputText: row.input_text || null,
		outputText: row.output_text || null,
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

/** ClickHouse's `2026-11-22 03:10:40.123456` in UTC -> Date. */
export function utc(text: string): Date {
	return new Date(`${text.replace(" ", "T")}Z`);
}

export function nanos(text: string): bigint | null {
	const value = BigInt(text);
	return value === 0n ? null : value;
}

// What was read out of JSON may hold half a character, which ClickHouse refuses with the whole block.
function text(value: string | null): string {
	return value === null ? "" : value.toWellFormed();
}

interface EventJson {
	timeUnixNano: string;
	name: string;
	attributes: KeyValue[];
	droppedAttributesCount: number;
}

function eventJson(event: SpanEvent): EventJson {
	return {
		timeUnixNano: String(event.timeUnixNano ?? 0n),
		name: event.name,
		attributes: keyValues(event.attributes),
		droppedAttributesCount: event.droppedAttributesCount,
	};
}

function fromEventJson(event: EventJson): SpanEvent {
	return { ...event, timeUnixNano: nanos(event.timeUnixNano), attributes: fromKeyValues(event.attributes) };
}

interface LinkJson extends Omit<SpanLink, "attributes"> {
	attributes: KeyValue[];
}

const linkJson = (link: SpanLink): LinkJson => ({ ...link, attributes: keyValues(link.attributes) });
const fromLinkJson = (link: LinkJson): SpanLink => ({ ...link, attributes: fromKeyValues(link.attributes) });
