import type { Cuts } from "@/lib/otlp/cuts";
import type { Decoded } from "@/lib/otlp/decoded";
import { readAttributes, readAttributesOf } from "@/lib/otlp/json-attributes";
import { count, idText, isObject, type Json, nanos, objectList, text } from "@/lib/otlp/json-fields";
import { readJsonRequest } from "@/lib/otlp/json-request";
import { LIMITS } from "@/lib/otlp/limits";
import { type Dropped, settleCuts, settleIdentity, settleLink } from "@/lib/otlp/settle-span";
import { spanKindName, statusCodeName } from "@/lib/otlp/span-fields";
import type { ReportedSpan, Resource, Scope, SpanEvent, SpanLink } from "@/lib/span/span";

/**
 * OTLP/JSON ExportTraceServiceRequest -> spans. Ids are hex, 64-bit integers text or numbers, names lowerCamelCase (snake_case
 * is accepted), unknown fields ignored. A malformed span is rejected alone, what is too large is cut (see `LIMITS`); a
 * container of the wrong shape is `invalid_input` naming its path, too many spans are `payload_too_large`.
 * Source: OTLP 1.x, "JSON Protobuf Encoding".
 */
export function decodeJson(body: string): Decoded {
	const spans: ReportedSpan[] = [];
	const levels = { resources: "resourceSpans", scopes: "scopeSpans", records: "spans" } as const;
	const told = readJsonRequest(body, levels, (record, resource, scope, cuts) => {
		spans.push(readSpan(record, resource, scope, cuts));
	});
	return { spans, ...told };
}

function readSpan(value: Json, resource: Resource, scope: Scope, cuts: Cuts): ReportedSpan {
	const span: ReportedSpan = {
		traceId: idText(value.traceId ?? value.trace_id),
		spanId: idText(value.spanId ?? value.span_id),
		parentSpanId: idText(value.parentSpanId ?? value.parent_span_id),
		traceState: cuts.text(text(value.traceState ?? value.trace_state), LIMITS.nameBytes, "traceState"),
		flags: count(value.flags),
		name: cuts.text(text(value.name), LIMITS.nameBytes, "name"),
		otelKind: spanKindName(value.kind),
		startTimeUnixNano: nanos(value.startTimeUnixNano ?? value.start_time_unix_nano),
		endTimeUnixNano: nanos(value.endTimeUnixNano ?? value.end_time_unix_nano),
		statusCode: null,
		statusMessage: "",
		attributes: new Map(),
		droppedAttributesCount: count(value.droppedAttributesCount ?? value.dropped_attributes_count),
		events: [],
		droppedEventsCount: count(value.droppedEventsCount ?? value.dropped_events_count),
		links: [],
		droppedLinksCount: count(value.droppedLinksCount ?? value.dropped_links_count),
		resource,
		scope,
	};
	settleIdentity(span);
	const dropped: Dropped = { attributes: readAttributes(value, span.attributes, cuts), ...NONE_DROPPED };
	readEvents(objectList(value.events, "events"), span, dropped, cuts);
	readLinks(objectList(value.links, "links"), span, dropped, cuts);
	const { status } = value;
	if (isObject(status)) {
		span.statusCode = statusCodeName(status.code);
		span.statusMessage = cuts.text(text(status.message), LIMITS.valueBytes, "status.message");
	}
	settleCuts(span, dropped, cuts);
	return span;
}

const NONE_DROPPED = { events: 0, links: 0, unreadableLinks: 0 };

function readEvents(events: Json[], span: ReportedSpan, dropped: Dropped, cuts: Cuts): void {
	const kept = Math.min(events.length, LIMITS.events);
	dropped.events = events.length - kept;
	for (let index = 0; index < kept; index++) {
		cuts.place.enter("events", index);
		span.events.push(readEvent(events[index] ?? {}, cuts));
		cuts.place.leave();
	}
}

function readLinks(links: Json[], span: ReportedSpan, dropped: Dropped, cuts: Cuts): void {
	const kept = Math.min(links.length, LIMITS.links);
	dropped.links = links.length - kept;
	for (let index = 0; index < kept; index++) {
		cuts.place.enter("links", index);
		const link = readLink(links[index] ?? {}, cuts);
		if (settleLink(link, cuts)) span.links.push(link);
		else dropped.unreadableLinks += 1;
		cuts.place.leave();
	}
}

function readEvent(value: Json, cuts: Cuts): SpanEvent {
	cuts.part();
	const event: SpanEvent = {
		timeUnixNano: nanos(value.timeUnixNano ?? value.time_unix_nano),
		name: cuts.text(text(value.name), LIMITS.nameBytes, "name"),
		attributes: new Map(),
		droppedAttributesCount: 0,
	};
	readAttributesOf(value, event, cuts);
	return event;
}

function readLink(value: Json, cuts: Cuts): SpanLink {
	cuts.part();
	const link: SpanLink = {
		traceId: idText(value.traceId ?? value.trace_id),
		spanId: idText(value.spanId ?? value.span_id),
		traceState: cuts.text(text(value.traceState ?? value.trace_state), LIMITS.nameBytes, "traceState"),
		flags: count(value.flags),
		attributes: new Map(),
		droppedAttributesCount: 0,
	};
	readAttributesOf(value, link, cuts);
	return link;
}
