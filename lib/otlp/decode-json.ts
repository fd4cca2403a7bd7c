import type { Decoded } from "@/lib/otlp/decoded";
import { attributes } from "@/lib/otlp/json-attributes";
import { count, field, idText, isObject, type Json, nanos, objectList, text } from "@/lib/otlp/json-fields";
import { readJsonRequest } from "@/lib/otlp/json-request";
import { optionalId, requiredName, spanIds, spanKindName, statusCodeName } from "@/lib/otlp/span-fields";
import type { ReportedSpan, Resource, Scope, SpanEvent, SpanLink } from "@/lib/span/span";

/**
 * OTLP/JSON ExportTraceServiceRequest -> spans. Ids are hex, 64-bit integers text or numbers, names lowerCamelCase (snake_case
 * is accepted), unknown fields ignored. A malformed span is rejected alone; a container of the wrong shape is `invalid_input`
 * naming its path. Source: OTLP 1.x, "JSON Protobuf Encoding".
 */
export function decodeJson(body: string): Decoded {
	const spans: ReportedSpan[] = [];
	const levels = { resources: "resourceSpans", scopes: "scopeSpans", records: "spans" } as const;
	const rejections = readJsonRequest(body, levels, (record, resource, scope) => {
		spans.push(readSpan(record, resource, scope));
	});
	return { spans, rejections };
}

function readSpan(value: Json, resource: Resource, scope: Scope): ReportedSpan {
	const status = field(value, "status");
	return {
		...spanIds(idText(value, "traceId"), idText(value, "spanId")),
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
		events: objectList(value, "events").map(readEvent),
		droppedEventsCount: count(value, "droppedEventsCount"),
		links: objectList(value, "links").map(readLink),
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
