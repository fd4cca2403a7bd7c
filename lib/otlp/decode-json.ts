import { invalidInput } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import { type Decoded, SpanRejected } from "@/lib/otlp/decoded";
import { attributes } from "@/lib/otlp/json-attributes";
import { field, isObject, type Json } from "@/lib/otlp/json-fields";
import { optionalId, requiredId, requiredName, spanKindName, statusCodeName, unixNano } from "@/lib/otlp/span-fields";
import type { Attributes } from "@/lib/span/any-value";
import type { ReportedSpan, Resource, Scope, SpanEvent, SpanLink } from "@/lib/span/span";

/**
 * OTLP/JSON ExportTraceServiceRequest -> spans. Ids are hex, 64-bit integers text or numbers, names lowerCamelCase (snake_case
 * is accepted), unknown fields ignored. A malformed span is rejected alone; a container of the wrong shape is `invalid_input`
 * naming its path. Source: OTLP 1.x, "JSON Protobuf Encoding".
 */
export function decodeJson(text: string): Decoded {
	const decoded: Decoded = { spans: [], rejections: [] };
	// No body at all is a request without spans, as it is in protobuf.
	const body = text.trim() === "" ? {} : object(parseJson(text), "body");
	for (const [resourceSpans, path] of objects(body, "resourceSpans", "")) {
		const resource = readResource(resourceSpans, path);
		for (const [scopeSpans, scopePath] of objects(resourceSpans, "scopeSpans", path)) {
			const scope = readScope(scopeSpans, scopePath);
			list(scopeSpans, "spans", scopePath).forEach((span, index) => {
				const spanPath = `${scopePath}.spans[${index}]`;
				try {
					decoded.spans.push(readSpan(span, resource, scope));
				} catch (error) {
					if (!(error instanceof SpanRejected)) throw error;
					decoded.rejections.push({ path: spanPath, reason: error.message });
				}
			});
		}
	}
	return decoded;
}

function readSpan(value: unknown, resource: Resource, scope: Scope): ReportedSpan {
	if (!isObject(value)) throw new SpanRejected("must be an object");
	const status = field(value, "status");
	return {
		traceId: requiredId(idText(value, "traceId"), 16, "traceId"),
		spanId: requiredId(idText(value, "spanId"), 8, "spanId"),
		parentSpanId: optionalId(idText(value, "parentSpanId"), 8, "parentSpanId"),
		traceState: text(value, "traceState"),
		flags: count(value, "flags"),
		name: requiredName(text(value, "name")),
		otelKind: spanKindName(field(value, "kind")),
		startTimeUnixNano: nanos(value, "startTimeUnixNano"),
		endTimeUnixNano: nanos(value, "endTimeUnixNano"),
		statusCode: isObject(status) ? statusCodeName(field(status, "code")) : null,
		statusMessage: isObject(status) ? text(status, "message") : "",
		attributes: attributes(value, "attributes"),
		droppedAttributesCount: count(value, "droppedAttributesCount"),
		events: spanList(value, "events").map(readEvent),
		droppedEventsCount: count(value, "droppedEventsCount"),
		links: spanList(value, "links").map(readLink),
		droppedLinksCount: count(value, "droppedLinksCount"),
		resource,
		scope,
	};
}

function readEvent(value: Json): SpanEvent {
	return {
		timeUnixNano: nanos(value, "timeUnixNano"),
		name: text(value, "name"),
		attributes: attributes(value, "event attributes"),
		droppedAttributesCount: count(value, "droppedAttributesCount"),
	};
}

function readLink(value: Json): SpanLink {
	return {
		traceId: optionalId(idText(value, "traceId"), 16, "link traceId") ?? "",
		spanId: optionalId(idText(value, "spanId"), 8, "link spanId") ?? "",
		traceState: text(value, "traceState"),
		flags: count(value, "flags"),
		attributes: attributes(value, "link attributes"),
		droppedAttributesCount: count(value, "droppedAttributesCount"),
	};
}

function readResource(resourceSpans: Json, path: string): Resource {
	const resource = optionalObject(resourceSpans, "resource", path);
	return {
		attributes: containerAttributes(resource, `${path}.resource`),
		droppedAttributesCount: count(resource, "droppedAttributesCount"),
		schemaUrl: text(resourceSpans, "schemaUrl"),
	};
}

function readScope(scopeSpans: Json, path: string): Scope {
	const scope = optionalObject(scopeSpans, "scope", path);
	return {
		name: text(scope, "name"),
		version: text(scope, "version"),
		attributes: containerAttributes(scope, `${path}.scope`),
		droppedAttributesCount: count(scope, "droppedAttributesCount"),
		schemaUrl: text(scopeSpans, "schemaUrl"),
	};
}

function containerAttributes(container: Json, path: string): Attributes {
	try {
		return attributes(container, "attributes");
	} catch (error) {
		if (error instanceof SpanRejected) throw invalidInput(`Malformed request body: ${path}.${error.message}`);
		throw error;
	}
}

function nanos(container: Json, key: string): bigint | null {
	const value = field(container, key);
	if (typeof value === "number" && Number.isInteger(value)) return unixNano(BigInt(value));
	if (typeof value === "string" && /^\d{1,20}$/.test(value)) return unixNano(BigInt(value));
	return null;
}

function count(container: Json, key: string): number {
	const value = field(container, key);
	const number = typeof value === "object" ? 0 : Number(value ?? 0);
	return Number.isInteger(number) && number >= 0 && number <= 0xffffffff ? number : 0;
}

function text(container: Json, key: string): string {
	const value = field(container, key);
	if (value === undefined || value === null) return "";
	return (typeof value === "string" ? value : typeof value === "object" ? "" : String(value)).toWellFormed();
}

function idText(container: Json, key: string): string {
	const value = field(container, key);
	return typeof value === "object" ? "{}" : String(value ?? "");
}

function spanList(span: Json, key: string): Json[] {
	const value = field(span, key);
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value) || !value.every(isObject)) throw new SpanRejected(`${key} must be a list of objects`);
	return value;
}

function object(value: unknown, path: string): Json {
	if (!isObject(value)) throw invalidInput(`Malformed request body: ${path} must be an object`);
	return value;
}

function optionalObject(container: Json, key: string, path: string): Json {
	const value = field(container, key);
	return value === undefined || value === null ? {} : object(value, `${path}.${key}`);
}

function list(container: Json, key: string, path: string): unknown[] {
	const value = field(container, key);
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value))
		throw invalidInput(`Malformed request body: ${path ? `${path}.` : ""}${key} must be a list`);
	return value;
}

function objects(container: Json, key: string, path: string): [Json, string][] {
	return list(container, key, path).map((value, index) => {
		const itemPath = `${path ? `${path}.` : ""}${key}[${index}]`;
		return [object(value, itemPath), itemPath];
	});
}
