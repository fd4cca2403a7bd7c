import { z } from "zod";
import { type AnyValue, type Attributes, anyValueText, type KeyValue } from "@/lib/span/any-value";
import type { Span, SpanEvent, SpanKind, SpanKindName, SpanLink, SpanOrigin, StatusCodeName } from "@/lib/span/span";
import type { StoredSpan } from "@/lib/traces/trace";

// Not z.record(): it drops the key `__proto__`.
const textMap = z.custom<Record<string, string>>((value) => typeof value === "object" && value !== null);
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
	input_tokens: uint64.nullable(),
	output_tokens: uint64.nullable(),
	session_id: z.string(),
	user_id: z.string(),
	expires_at: z.string(),
});
export type SpanRow = z.infer<typeof SpanRow>;

export const StoredSpanRow = SpanRow.extend({ inserted_at: z.string() });
export type StoredSpanRow = z.infer<typeof StoredSpanRow>;

export const SPAN_COLUMNS: readonly string[] = Object.keys(StoredSpanRow.shape);

export function toSpanRow(span: Span): SpanRow {
	const attributes = splitAttributes(span.attributes);
	const resource = splitAttributes(span.resource.attributes);
	const scope = splitAttributes(span.scope.attributes);
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
		provider: span.provider ?? "",
		request_model: span.requestModel ?? "",
		response_model: span.responseModel ?? "",
		input: span.input ?? "",
		output: span.output ?? "",
		input_from: span.inputFrom ?? "",
		output_from: span.outputFrom ?? "",
		input_tokens: span.inputTokens === null ? null : String(span.inputTokens),
		output_tokens: span.outputTokens === null ? null : String(span.outputTokens),
		session_id: span.sessionId ?? "",
		user_id: span.userId ?? "",
		expires_at: span.expiresAt.toISOString().slice(0, -1).replace("T", " "),
	};
}

export function fromSpanRow(row: StoredSpanRow): StoredSpan {
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
		attributes: joinAttributes(row.attributes, row.attribute_values),
		droppedAttributesCount: row.dropped_attributes_count,
		events: row.events === "" ? [] : (JSON.parse(row.events) as EventJson[]).map(fromEventJson),
		droppedEventsCount: row.dropped_events_count,
		links: row.links === "" ? [] : (JSON.parse(row.links) as LinkJson[]).map(fromLinkJson),
		droppedLinksCount: row.dropped_links_count,
		resource: {
			attributes: joinAttributes(row.resource_attributes, row.resource_attribute_values),
			droppedAttributesCount: row.resource_dropped_attributes_count,
			schemaUrl: row.resource_schema_url,
		},
		scope: {
			name: row.scope_name,
			version: row.scope_version,
			attributes: joinAttributes(row.scope_attributes, row.scope_attribute_values),
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
		inputTokens: row.input_tokens === null ? null : Number(row.input_tokens),
		outputTokens: row.output_tokens === null ? null : Number(row.output_tokens),
		sessionId: row.session_id || null,
		userId: row.user_id || null,
		insertedAt: utc(row.inserted_at),
		expiresAt: utc(row.expires_at),
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

// Text of every value for filters; the exact AnyValue only where text alone would lose something.
function splitAttributes(attributes: Attributes): { texts: Record<string, string>; values: Record<string, string> } {
	const texts: Record<string, string> = Object.create(null);
	const values: Record<string, string> = Object.create(null);
	for (const [key, value] of attributes) {
		texts[key] = anyValueText(value);
		if (!("stringValue" in value)) values[key] = JSON.stringify(value);
	}
	return { texts, values };
}

function joinAttributes(texts: Record<string, string>, values: Record<string, string>): Attributes {
	const exact = new Map(Object.entries(values));
	return new Map(
		Object.entries(texts).map(([key, text]): [string, AnyValue] => {
			const value = exact.get(key);
			return [key, value === undefined ? { stringValue: text } : (JSON.parse(value) as AnyValue)];
		}),
	);
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
		attributes: pairs(event.attributes),
		droppedAttributesCount: event.droppedAttributesCount,
	};
}

function fromEventJson(event: EventJson): SpanEvent {
	return { ...event, timeUnixNano: nanos(event.timeUnixNano), attributes: fromPairs(event.attributes) };
}

interface LinkJson extends Omit<SpanLink, "attributes"> {
	attributes: KeyValue[];
}

const linkJson = (link: SpanLink): LinkJson => ({ ...link, attributes: pairs(link.attributes) });
const fromLinkJson = (link: LinkJson): SpanLink => ({ ...link, attributes: fromPairs(link.attributes) });

const pairs = (attributes: Attributes): KeyValue[] => [...attributes].map(([key, value]) => ({ key, value }));
const fromPairs = (list: KeyValue[]): Attributes => new Map(list.map(({ key, value }) => [key, value]));
