import { randomHex } from "@/lib/ids";
import type { AnyValue, KeyValue } from "@/lib/span/any-value";

// An ExportTraceServiceRequest in canonical OTLP/JSON, so that JSON.stringify() is one encoding and encodeOtlp() the other.

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

export interface OtlpScopeSpans {
	scope?: { name?: string; version?: string; attributes?: KeyValue[]; droppedAttributesCount?: number };
	spans?: OtlpSpan[];
	schemaUrl?: string;
}

export interface OtlpResourceSpans {
	resource?: { attributes?: KeyValue[]; droppedAttributesCount?: number };
	scopeSpans?: OtlpScopeSpans[];
	schemaUrl?: string;
}

export interface OtlpRequest {
	resourceSpans?: OtlpResourceSpans[];
}

/** Strings and numbers as AnyValue, the way a sender writes them. */
export function anyValue(value: string | number | boolean): AnyValue {
	if (typeof value === "string") return { stringValue: value };
	if (typeof value === "boolean") return { boolValue: value };
	return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

export function attributes(values: Record<string, string | number | boolean>): KeyValue[] {
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

export function jsonBody(request: object): Buffer {
	return Buffer.from(JSON.stringify(request));
}
