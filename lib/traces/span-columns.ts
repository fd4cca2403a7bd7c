import { RowBinaryWriter } from "@/lib/clickhouse/row-binary";
import { type Attributes, anyValueText } from "@/lib/span/any-value";
import { DERIVE_VERSION } from "@/lib/span/derived-fields";
import type { Resource, Scope, Span } from "@/lib/span/span";
import { USAGE_COUNTS, type Usage } from "@/lib/span/usage";
import { exactColumns, splitMetadata } from "@/lib/traces/attribute-columns";
import { eventJson, linkJson } from "@/lib/traces/event-json";
import { findSlice, NO_SLICE } from "@/lib/traces/text-slice";

/** What a row says beside its span. */
export interface SpanStamp {
	/** When the door received it, in milliseconds since the epoch; 0 when nobody sent it just now. */
	receivedAt: number;
	/** Its place in the order of arrival, in microseconds since the epoch; absent: ClickHouse's clock decides. */
	insertedAt?: bigint;
	deriveVersion: number;
}

type Write = (out: RowBinaryWriter, span: Span, stamp: SpanStamp) => void;

/** The columns of `spans` as they are written: name (or names, where one piece of a span fills several) and how. */
const COLUMNS: readonly (readonly [string | readonly string[], Write])[] = [
	["project_id", (out, span) => out.string(span.projectId)],
	["trace_id", (out, span) => out.string(span.traceId)],
	["span_id", (out, span) => out.string(span.spanId)],
	["parent_span_id", (out, span) => out.string(span.parentSpanId ?? "")],
	["trace_state", (out, span) => out.string(span.traceState)],
	["flags", (out, span) => out.uint32(span.flags)],
	["name", (out, span) => out.string(span.name)],
	["otel_kind", (out, span) => out.string(span.otelKind ?? "")],
	["start_unix_nano", (out, span) => out.uint64(span.startTimeUnixNano ?? 0n)],
	["end_unix_nano", (out, span) => out.uint64(span.endTimeUnixNano ?? 0n)],
	["status_code", (out, span) => out.string(span.statusCode ?? "")],
	["status_message", (out, span) => out.string(span.statusMessage)],
	[["attributes", "attribute_values"], (out, span) => writeAttributes(out, span.attributes)],
	["dropped_attributes_count", (out, span) => out.uint32(span.droppedAttributesCount)],
	["events", (out, span) => out.string(span.events.length === 0 ? "" : JSON.stringify(span.events.map(eventJson)))],
	["dropped_events_count", (out, span) => out.uint32(span.droppedEventsCount)],
	["links", (out, span) => out.string(span.links.length === 0 ? "" : JSON.stringify(span.links.map(linkJson)))],
	["dropped_links_count", (out, span) => out.uint32(span.droppedLinksCount)],
	[
		["resource_attributes", "resource_attribute_values", "resource_dropped_attributes_count", "resource_schema_url"],
		(out, span) => out.bytes(resourceBytes(span.resource)),
	],
	[
		[
			...["scope_name", "scope_version", "scope_attributes", "scope_attribute_values"],
			...["scope_dropped_attributes_count", "scope_schema_url"],
		],
		(out, span) => out.bytes(scopeBytes(span.scope)),
	],
	["origin", (out, span) => out.string(span.origin)],
	["kind", (out, span) => out.string(span.kind)],
	["provider", (out, span) => out.string(span.provider ?? "")],
	["request_model", (out, span) => out.string(span.requestModel ?? "")],
	["response_model", (out, span) => out.string(span.responseModel ?? "")],
	["input", (out, span) => out.string(unlessAttribute(span, span.input, span.inputFrom) ?? "")],
	["output", (out, span) => out.string(unlessAttribute(span, span.output, span.outputFrom) ?? "")],
	["input_from", (out, span) => out.string(span.inputFrom ?? "")],
	["output_from", (out, span) => out.string(span.outputFrom ?? "")],
	[USAGE_COUNTS.map((name) => `${name}_tokens`), (out, span) => writeUsage(out, span.usage)],
	["session_id", (out, span) => out.string(span.sessionId ?? "")],
	["user_id", (out, span) => out.string(span.userId ?? "")],
	["expires_at", (out, span) => out.integer(span.expiresAt.getTime())],
	["convention", (out, span) => out.string(span.convention)],
	["display_name", (out, span) => out.string(span.displayName)],
	[["input_text", "input_at", "input_length"], (out, span) => writeText(out, span, span.inputText, span.inputFrom)],
	[
		["output_text", "output_at", "output_length"],
		(out, span) => writeText(out, span, span.outputText, span.outputFrom),
	],
	["tool_name", (out, span) => out.string(span.toolName ?? "")],
	[USAGE_COUNTS.map((name) => `aggregate_${name}_tokens`), (out, span) => writeUsage(out, span.aggregateUsage)],
	["aggregate_cost_usd", (out, span) => out.nullableFloat64(span.aggregateCostUsd)],
	["cost_usd", (out, span) => out.nullableFloat64(span.costUsd)],
	["cost_input", (out, span) => out.nullableFloat64(span.costInput)],
	["cost_output", (out, span) => out.nullableFloat64(span.costOutput)],
	["cost_source", (out, span) => out.string(span.costSource ?? "")],
	["price_version", (out, span) => out.string(span.priceVersion ?? "")],
	["cost_note", (out, span) => out.string(span.costNote ?? "")],
	["ttft_ms", (out, span) => out.nullableFloat64(span.ttftMs)],
	["tags", (out, span) => writeTexts(out, span.tags ?? [])],
	[["metadata", "metadata_values"], (out, span) => writeMetadata(out, span.metadata)],
	["environment", (out, span) => out.string(span.environment ?? "")],
	["release", (out, span) => out.string(span.release ?? "")],
	["agent_name", (out, span) => out.string(span.agentName ?? "")],
	["status", (out, span) => out.string(span.status)],
	["error_type", (out, span) => out.string(span.errorType ?? "")],
	["finish_reason", (out, span) => out.string(span.finishReason ?? "")],
	["prompt_name", (out, span) => out.string(span.promptName ?? "")],
	["prompt_version", (out, span) => out.string(span.promptVersion ?? "")],
	["routing_alias", (out, span) => out.string(span.routingAlias ?? "")],
	["trace_name", (out, span) => out.string(span.trace.name ?? "")],
	["workflow_name", (out, span) => out.string(span.trace.workflowName ?? "")],
	["trace_input", (out, span) => out.string(span.trace.input ?? "")],
	["trace_output", (out, span) => out.string(span.trace.output ?? "")],
	[["trace_metadata", "trace_metadata_values"], (out, span) => writeMetadata(out, span.trace.metadata)],
	["marked_root", (out, span) => out.bool(span.trace.isRoot)],
	["derive_version", (out, _, stamp) => out.uint16(stamp.deriveVersion)],
	["received_at", (out, _, stamp) => out.integer(stamp.receivedAt)],
];

/** Columns of the rows that `spanRows` writes, in order; `inserted_at` comes last, where it is given. */
export const WRITTEN_COLUMNS: readonly string[] = COLUMNS.flatMap(([names]) => names);
const WRITES: readonly Write[] = COLUMNS.map(([, write]) => write);

// What an LLM span mostly needs, and a resource or scope.
const ROW_BYTES = 5 * 1024;
const PART_BYTES = 1024;
/** What a line of a list shows of a text. */
const HEAD_CHARS = 80;

/** Spans as rows in RowBinary, each with what its stamp says. */
export function spanRows<Kind extends Span>(spans: readonly Kind[], stampOf: (span: Kind) => SpanStamp): Buffer {
	const out = new RowBinaryWriter(spans.length * ROW_BYTES);
	for (const span of spans) {
		const stamp = stampOf(span);
		for (const write of WRITES) write(out, span, stamp);
		if (stamp.insertedAt !== undefined) out.int64(stamp.insertedAt);
	}
	return out.finish();
}

/** What a span received at that moment is stored with. */
export const arrivalStamp = (receivedAt: Date | null): SpanStamp => ({
	receivedAt: receivedAt?.getTime() ?? 0,
	deriveVersion: DERIVE_VERSION,
});

// The raw text is mostly an attribute as it stands: it is stored there only, and read from there.
function unlessAttribute(span: Span, raw: string | null, from: string | null): string | null {
	const value = raw === null || from === null ? undefined : span.attributes.get(from);
	return value !== undefined && anyValueText(value) === raw ? null : raw;
}

// A text that stands in the attribute it was read from is stored as its head, for lists, and where the rest is.
function writeText(out: RowBinaryWriter, { attributes }: Span, text: string | null, from: string | null): void {
	const value = from === null || text === null || text.length <= HEAD_CHARS ? undefined : attributes.get(from);
	const slice = value === undefined || text === null ? NO_SLICE : findSlice(text, anyValueText(value));
	out.string(slice.length === 0 ? (text ?? "") : headOf(text ?? ""));
	out.uint32(slice.at);
	out.uint32(slice.length);
}

// Never half a character.
function headOf(text: string): string {
	const last = text.charCodeAt(HEAD_CHARS - 1);
	return text.slice(0, last >= 0xd800 && last < 0xdc00 ? HEAD_CHARS - 1 : HEAD_CHARS);
}

// The text of every value, then what makes those exact that are no text.
function writeAttributes(out: RowBinaryWriter, attributes: Attributes): void {
	const exact: string[] = [];
	out.count(attributes.size);
	for (const [key, value] of attributes) {
		out.string(key);
		if ("stringValue" in value) out.string(value.stringValue);
		else {
			const { text, exact: form } = exactColumns(value);
			out.string(text);
			exact.push(key, form);
		}
	}
	out.count(exact.length / 2);
	for (const part of exact) out.string(part);
}

function writeMetadata(out: RowBinaryWriter, metadata: Record<string, unknown> | null): void {
	if (metadata === null) {
		out.count(0);
		out.count(0);
		return;
	}
	const { texts, values } = splitMetadata(metadata);
	writeMap(out, texts);
	writeMap(out, values);
}

function writeMap(out: RowBinaryWriter, map: Record<string, string>): void {
	const pairs = Object.entries(map);
	out.count(pairs.length);
	for (const [key, value] of pairs) {
		out.string(key);
		out.string(value);
	}
}

function writeTexts(out: RowBinaryWriter, texts: readonly string[]): void {
	out.count(texts.length);
	for (const item of texts) out.string(item);
}

// A count that is no whole number is left out: the column could not hold it.
function writeUsage(out: RowBinaryWriter, usage: Usage | null): void {
	for (const name of USAGE_COUNTS) {
		const value = usage?.[name];
		out.nullableInteger(value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : null);
	}
}

// All spans of a request that share a resource or scope share its bytes.
const resources = new WeakMap<Resource, Buffer>();
const scopes = new WeakMap<Scope, Buffer>();

function resourceBytes(resource: Resource): Buffer {
	return once(resources, resource, (out) => {
		writeAttributes(out, resource.attributes);
		out.uint32(resource.droppedAttributesCount);
		out.string(resource.schemaUrl);
	});
}

function scopeBytes(scope: Scope): Buffer {
	return once(scopes, scope, (out) => {
		out.string(scope.name);
		out.string(scope.version);
		writeAttributes(out, scope.attributes);
		out.uint32(scope.droppedAttributesCount);
		out.string(scope.schemaUrl);
	});
}

function once<Part extends object>(
	known: WeakMap<Part, Buffer>,
	part: Part,
	write: (out: RowBinaryWriter) => void,
): Buffer {
	const bytes = known.get(part);
	if (bytes) return bytes;
	const out = new RowBinaryWriter(PART_BYTES);
	write(out);
	const written = out.finish();
	known.set(part, written);
	return written;
}
