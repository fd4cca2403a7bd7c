import { randomHex } from "@/lib/ids";
import type { AnyValue, KeyValue } from "@/lib/span/any-value";

// Export requests in canonical OTLP/JSON, so that JSON.stringify() is one encoding and encodeOtlp(), encodeOtlpLogs() the other.

export interface OtlpEvent {
	timeUnixNano?: string;
	name?: string;
	attributes?: KeyValue[];
	droppedAttributesCount?: number;
}

export interface OtlpLink extends Omit<OtlpEvent, "timeUnixNano" | "name"> {
	traceId?: string;
	spanId?: string;
	traceState?: string;
	flags?: number;
}

export interface OtlpSpan {
	traceId?: string;
	spanId?: string;
	parentSpanId?: string;
	traceState?: string;
	flags?: number;
	name?: string;
	kind?: number;
	startTimeUnixNano?: string;
	endTimeUnixNano?: string;
	attributes?: KeyValue[];
	droppedAttributesCount?: number;
	events?: OtlpEvent[];
	droppedEventsCount?: number;
	links?: OtlpLink[];
	droppedLinksCount?: number;
	status?: { code?: number; message?: string };
}

export interface OtlpResource {
	attributes?: KeyValue[];
	droppedAttributesCount?: number;
}

export interface OtlpScope extends OtlpResource {
	name?: string;
	version?: string;
}

export interface OtlpScopeSpans {
	scope?: OtlpScope;
	spans?: OtlpSpan[];
	schemaUrl?: string;
}

export interface OtlpResourceSpans {
	resource?: OtlpResource;
	scopeSpans?: OtlpScopeSpans[];
	schemaUrl?: string;
}

export interface OtlpRequest {
	resourceSpans?: OtlpResourceSpans[];
}

export interface OtlpLog {
	timeUnixNano?: string;
	observedTimeUnixNano?: string;
	severityNumber?: number;
	severityText?: string;
	body?: AnyValue;
	attributes?: KeyValue[];
	droppedAttributesCount?: number;
	flags?: number;
	traceId?: string;
	spanId?: string;
	eventName?: string;
}

export interface OtlpScopeLogs {
	scope?: OtlpScope;
	logRecords?: OtlpLog[];
	schemaUrl?: string;
}

export interface OtlpResourceLogs {
	resource?: OtlpResource;
	scopeLogs?: OtlpScopeLogs[];
	schemaUrl?: string;
}

export interface OtlpLogRequest {
	resourceLogs?: OtlpResourceLogs[];
}

/** Plain JSON as AnyValue, the way a sender writes it; objects become kvlists. */
export function anyValue(value: unknown): AnyValue {
	if (typeof value === "string") return { stringValue: value };
	if (typeof value === "boolean") return { boolValue: value };
	if (typeof value === "number") {
		return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
	}
	if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
	return typeof value === "object" && value !== null ? { kvlistValue: { values: attributes(value) } } : {};
}

export function attributes(values: object): KeyValue[] {
	return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

/** A valid span with ids of its own. */
export function otlpSpan(overrides: OtlpSpan = {}): OtlpSpan {
	return { traceId: randomHex(16), spanId: randomHex(8), name: "chat", ...overrides };
}

/** A request of one resource and one scope. */
export function otlpRequest(
	spans: OtlpSpan[],
	resource: Record<string, string | number | boolean> = {},
): OtlpRequest & { resourceSpans: OtlpResourceSpans[] } {
	return { resourceSpans: [{ resource: { attributes: attributes(resource) }, scopeSpans: [{ spans }] }] };
}

/** A log record of an event of the GenAI conventions, about a span of its own. */
export function otlpLog(overrides: OtlpLog = {}): OtlpLog {
	return { traceId: randomHex(16), spanId: randomHex(8), eventName: "gen_ai.user.message", ...overrides };
}

/** A request of log records of one resource and one scope. */
export function otlpLogRequest(
	logRecords: OtlpLog[],
	resource: Record<string, string> = {},
): OtlpLogRequest & { resourceLogs: OtlpResourceLogs[] } {
	return { resourceLogs: [{ resource: { attributes: attributes(resource) }, scopeLogs: [{ logRecords }] }] };
}

export function jsonBody(request: object): Buffer {
	return Buffer.from(JSON.stringify(request));
}
