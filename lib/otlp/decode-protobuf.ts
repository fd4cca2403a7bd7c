import { type Decoded, RecordRejected } from "@/lib/otlp/decoded";
import { type Reject, readAttribute } from "@/lib/otlp/protobuf-attributes";
import { readProtobufRequest } from "@/lib/otlp/protobuf-request";
import { optionalId, requiredName, spanIds, spanKindName, statusCodeName, unixNano } from "@/lib/otlp/span-fields";
import { BYTES, FIXED32, FIXED64, VARINT, type WireReader } from "@/lib/otlp/wire-reader";
import type { ReportedSpan, Resource, Scope, SpanEvent, SpanLink } from "@/lib/span/span";

/**
 * OTLP protobuf ExportTraceServiceRequest -> spans, straight from the wire without an intermediate tree. A malformed span is
 * rejected alone; bytes that are no such message are `invalid_input` with offset and field path.
 * Source: opentelemetry-proto 1.x, collector/trace/v1 and trace/v1.
 */
export function decodeProtobuf(body: Uint8Array): Decoded {
	const spans: ReportedSpan[] = [];
	const levels = { resources: "resource_spans", scopes: "scope_spans", records: "spans" } as const;
	const rejections = readProtobufRequest(body, levels, (wire, end, resource, scope, reject) => {
		const { span, parent } = readSpan(wire, end, resource, scope, reject);
		return () => {
			Object.assign(span, spanIds(span.traceId, span.spanId));
			span.parentSpanId = optionalId(parent, 8, "parentSpanId");
			requiredName(span.name);
			spans.push(span);
		};
	});
	return { spans, rejections };
}

function readSpan(
	wire: WireReader,
	end: number,
	resource: Resource,
	scope: Scope,
	reject: Reject,
): { span: ReportedSpan; parent: string } {
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
	let parent = "";
	wire.message(end, (field, type) => {
		if (field === 1 && type === BYTES) span.traceId = wire.bytes().toString("hex");
		else if (field === 2 && type === BYTES) span.spanId = wire.bytes().toString("hex");
		else if (field === 3 && type === BYTES) span.traceState = wire.string();
		else if (field === 4 && type === BYTES) parent = wire.bytes().toString("hex");
		else if (field === 5 && type === BYTES) span.name = wire.string();
		else if (field === 6 && type === VARINT) span.otelKind = spanKindName(wire.uint32());
		else if (field === 7 && type === FIXED64) span.startTimeUnixNano = unixNano(wire.fixed64());
		else if (field === 8 && type === FIXED64) span.endTimeUnixNano = unixNano(wire.fixed64());
		else if (field === 9 && type === BYTES) readAttribute(wire, span.attributes, reject);
		else if (field === 10 && type === VARINT) span.droppedAttributesCount = wire.uint32();
		else if (field === 11 && type === BYTES) {
			wire.nested(`events[${span.events.length}]`, (inner) => span.events.push(readEvent(wire, inner, reject)));
		} else if (field === 12 && type === VARINT) span.droppedEventsCount = wire.uint32();
		else if (field === 13 && type === BYTES) {
			wire.nested(`links[${span.links.length}]`, (inner) => span.links.push(readLink(wire, inner, reject)));
		} else if (field === 14 && type === VARINT) span.droppedLinksCount = wire.uint32();
		else if (field === 15 && type === BYTES) wire.nested("status", (inner) => readStatus(wire, inner, span));
		else if (field === 16 && type === FIXED32) span.flags = wire.fixed32();
		else return false;
		return true;
	});
	return { span, parent };
}

function readStatus(wire: WireReader, end: number, span: ReportedSpan): void {
	wire.message(end, (field, type) => {
		if (field === 2 && type === BYTES) span.statusMessage = wire.string();
		else if (field === 3 && type === VARINT) span.statusCode = statusCodeName(wire.uint32());
		else return false;
		return true;
	});
}

function readEvent(wire: WireReader, end: number, reject: Reject): SpanEvent {
	const event: SpanEvent = { timeUnixNano: null, name: "", attributes: new Map(), droppedAttributesCount: 0 };
	wire.message(end, (field, type) => {
		if (field === 1 && type === FIXED64) event.timeUnixNano = unixNano(wire.fixed64());
		else if (field === 2 && type === BYTES) event.name = wire.string();
		else if (field === 3 && type === BYTES) readAttribute(wire, event.attributes, reject);
		else if (field === 4 && type === VARINT) event.droppedAttributesCount = wire.uint32();
		else return false;
		return true;
	});
	return event;
}

function readLink(wire: WireReader, end: number, reject: Reject): SpanLink {
	const link: SpanLink = {
		traceId: "",
		spanId: "",
		traceState: "",
		flags: 0,
		attributes: new Map(),
		droppedAttributesCount: 0,
	};
	let traceId = "";
	let spanId = "";
	wire.message(end, (field, type) => {
		if (field === 1 && type === BYTES) traceId = wire.bytes().toString("hex");
		else if (field === 2 && type === BYTES) spanId = wire.bytes().toString("hex");
		else if (field === 3 && type === BYTES) link.traceState = wire.string();
		else if (field === 4 && type === BYTES) readAttribute(wire, link.attributes, reject);
		else if (field === 5 && type === VARINT) link.droppedAttributesCount = wire.uint32();
		else if (field === 6 && type === FIXED32) link.flags = wire.fixed32();
		else return false;
		return true;
	});
	try {
		link.traceId = optionalId(traceId, 16, "link traceId") ?? "";
		link.spanId = optionalId(spanId, 8, "link spanId") ?? "";
	} catch (error) {
		if (!(error instanceof RecordRejected)) throw error;
		reject(error);
	}
	return link;
}
