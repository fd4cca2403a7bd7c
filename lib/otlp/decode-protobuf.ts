import type { Cuts } from "@/lib/otlp/cuts";
import type { Decoded } from "@/lib/otlp/decoded";
import { LIMITS } from "@/lib/otlp/limits";
import { readAttribute } from "@/lib/otlp/protobuf-attributes";
import { readProtobufRequest } from "@/lib/otlp/protobuf-request";
import { type Dropped, settleCuts, settleIdentity, settleLink } from "@/lib/otlp/settle-span";
import { spanKindName, statusCodeName, unixNano } from "@/lib/otlp/span-fields";
import { BYTES, FIXED32, FIXED64, VARINT, type WireReader } from "@/lib/otlp/wire-reader";
import type { ReportedSpan, Resource, Scope, SpanEvent, SpanLink } from "@/lib/span/span";

// Span
const TRACE_ID = (1 << 3) | BYTES;
const SPAN_ID = (2 << 3) | BYTES;
const TRACE_STATE = (3 << 3) | BYTES;
const PARENT_SPAN_ID = (4 << 3) | BYTES;
const NAME = (5 << 3) | BYTES;
const KIND = (6 << 3) | VARINT;
const START_TIME = (7 << 3) | FIXED64;
const END_TIME = (8 << 3) | FIXED64;
const ATTRIBUTES = (9 << 3) | BYTES;
const DROPPED_ATTRIBUTES = (10 << 3) | VARINT;
const EVENTS = (11 << 3) | BYTES;
const DROPPED_EVENTS = (12 << 3) | VARINT;
const LINKS = (13 << 3) | BYTES;
const DROPPED_LINKS = (14 << 3) | VARINT;
const STATUS = (15 << 3) | BYTES;
const FLAGS = (16 << 3) | FIXED32;
// Status
const STATUS_MESSAGE = (2 << 3) | BYTES;
const STATUS_CODE = (3 << 3) | VARINT;
// Span.Event
const EVENT_TIME = (1 << 3) | FIXED64;
const EVENT_NAME = (2 << 3) | BYTES;
const EVENT_ATTRIBUTES = (3 << 3) | BYTES;
const EVENT_DROPPED_ATTRIBUTES = (4 << 3) | VARINT;
// Span.Link
const LINK_TRACE_ID = (1 << 3) | BYTES;
const LINK_SPAN_ID = (2 << 3) | BYTES;
const LINK_TRACE_STATE = (3 << 3) | BYTES;
const LINK_ATTRIBUTES = (4 << 3) | BYTES;
const LINK_DROPPED_ATTRIBUTES = (5 << 3) | VARINT;
const LINK_FLAGS = (6 << 3) | FIXED32;

/** A span whose ids are as they were sent, and what was left out of it. */
interface ReadSpan {
	record: ReportedSpan;
	dropped: Dropped;
}

/**
 * OTLP protobuf ExportTraceServiceRequest -> spans, straight from the wire without an intermediate tree. A malformed span is
 * rejected alone, what is too large is cut (see `LIMITS`); bytes that are no such message are `invalid_input` with offset and
 * field path, too many spans are `payload_too_large`. Source: opentelemetry-proto 1.x, collector/trace/v1 and trace/v1.
 */
export function decodeProtobuf(body: Uint8Array): Decoded {
	const spans: ReportedSpan[] = [];
	const levels = { resources: "resource_spans", scopes: "scope_spans", records: "spans" } as const;
	const told = readProtobufRequest<ReadSpan>(body, levels, readSpan, ({ record, dropped }, cuts) => {
		settleIdentity(record);
		settleCuts(record, dropped, cuts);
		spans.push(record);
	});
	return { spans, ...told };
}

function readSpan(wire: WireReader, end: number, resource: Resource, scope: Scope, cuts: Cuts): ReadSpan {
	const { place } = cuts;
	const span: ReportedSpan = {
		traceId: "",
		spanId: "",
		parentSpanId: null,
		traceState: "",
		flags: 0,
		name: "",
		otelKind: null,
		startTimeUnixNano: null,
		endTimeUnixNano: null,
		statusCode: null,
		statusMessage: "",
		attributes: new Map(),
		droppedAttributesCount: 0,
		events: [],
		droppedEventsCount: 0,
		links: [],
		droppedLinksCount: 0,
		resource,
		scope,
	};
	const dropped: Dropped = { attributes: 0, events: 0, links: 0, unreadableLinks: 0 };
	let attributes = 0;
	let events = 0;
	let links = 0;
	while (wire.more(end)) {
		const tag = wire.tag();
		switch (tag) {
			case TRACE_ID:
				span.traceId = wire.id();
				break;
			case SPAN_ID:
				span.spanId = wire.id();
				break;
			case TRACE_STATE:
				span.traceState = cuts.text(wire.string(), LIMITS.nameBytes, "traceState");
				break;
			case PARENT_SPAN_ID:
				span.parentSpanId = wire.id();
				break;
			case NAME:
				span.name = cuts.text(wire.commonString(), LIMITS.nameBytes, "name");
				break;
			case KIND:
				span.otelKind = spanKindName(wire.uint32());
				break;
			case START_TIME:
				span.startTimeUnixNano = unixNano(wire.fixed64());
				break;
			case END_TIME:
				span.endTimeUnixNano = unixNano(wire.fixed64());
				break;
			case ATTRIBUTES:
				dropped.attributes += readAttribute(wire, span.attributes, attributes++, cuts);
				break;
			case DROPPED_ATTRIBUTES:
				span.droppedAttributesCount = wire.uint32();
				break;
			case EVENTS: {
				const last = wire.end();
				place.enter("events", events);
				if (events++ < LIMITS.events) span.events.push(readEvent(wire, last, cuts));
				else dropped.events += passOver(wire, last);
				place.leave();
				break;
			}
			case DROPPED_EVENTS:
				span.droppedEventsCount = wire.uint32();
				break;
			case LINKS: {
				const last = wire.end();
				place.enter("links", links);
				if (links++ >= LIMITS.links) dropped.links += passOver(wire, last);
				else {
					const link = readLink(wire, last, cuts);
					if (settleLink(link, cuts)) span.links.push(link);
					else dropped.unreadableLinks += 1;
				}
				place.leave();
				break;
			}
			case DROPPED_LINKS:
				span.droppedLinksCount = wire.uint32();
				break;
			case STATUS: {
				const last = wire.end();
				place.enter("status", -1);
				readStatus(wire, last, span, cuts);
				place.leave();
				break;
			}
			case FLAGS:
				span.flags = wire.fixed32();
				break;
			default:
				wire.skip(tag);
		}
	}
	return { record: span, dropped };
}

function passOver(wire: WireReader, end: number): 1 {
	wire.moveTo(end);
	return 1;
}

function readStatus(wire: WireReader, end: number, span: ReportedSpan, cuts: Cuts): void {
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === STATUS_MESSAGE) span.statusMessage = cuts.text(wire.string(), LIMITS.valueBytes, "message");
		else if (tag === STATUS_CODE) span.statusCode = statusCodeName(wire.uint32());
		else wire.skip(tag);
	}
}

function readEvent(wire: WireReader, end: number, cuts: Cuts): SpanEvent {
	cuts.part();
	const event: SpanEvent = { timeUnixNano: null, name: "", attributes: new Map(), droppedAttributesCount: 0 };
	let index = 0;
	let dropped = 0;
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === EVENT_TIME) event.timeUnixNano = unixNano(wire.fixed64());
		else if (tag === EVENT_NAME) event.name = cuts.text(wire.commonString(), LIMITS.nameBytes, "name");
		else if (tag === EVENT_ATTRIBUTES) dropped += readAttribute(wire, event.attributes, index++, cuts);
		else if (tag === EVENT_DROPPED_ATTRIBUTES) event.droppedAttributesCount = wire.uint32();
		else wire.skip(tag);
	}
	event.droppedAttributesCount = cuts.dropped(
		"attributes",
		event.attributes.size,
		dropped,
		event.droppedAttributesCount,
	);
	return event;
}

function readLink(wire: WireReader, end: number, cuts: Cuts): SpanLink {
	cuts.part();
	const link: SpanLink = {
		traceId: "",
		spanId: "",
		traceState: "",
		flags: 0,
		attributes: new Map(),
		droppedAttributesCount: 0,
	};
	let index = 0;
	let dropped = 0;
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === LINK_TRACE_ID) link.traceId = wire.id();
		else if (tag === LINK_SPAN_ID) link.spanId = wire.id();
		else if (tag === LINK_TRACE_STATE) link.traceState = cuts.text(wire.string(), LIMITS.nameBytes, "traceState");
		else if (tag === LINK_ATTRIBUTES) dropped += readAttribute(wire, link.attributes, index++, cuts);
		else if (tag === LINK_DROPPED_ATTRIBUTES) link.droppedAttributesCount = wire.uint32();
		else if (tag === LINK_FLAGS) link.flags = wire.fixed32();
		else wire.skip(tag);
	}
	link.droppedAttributesCount = cuts.dropped("attributes", link.attributes.size, dropped, link.droppedAttributesCount);
	return link;
}
