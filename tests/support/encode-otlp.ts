import { Writer } from "protobufjs/minimal";
import type { AnyValue, KeyValue } from "@/lib/span/any-value";
import type {
	OtlpEvent,
	OtlpLink,
	OtlpLog,
	OtlpLogRequest,
	OtlpRequest,
	OtlpResource,
	OtlpResourceLogs,
	OtlpResourceSpans,
	OtlpScope,
	OtlpScopeLogs,
	OtlpScopeSpans,
	OtlpSpan,
} from "./otlp-request";

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const tag = (field: number, type: number) => (field << 3) | type;

/** ExportTraceServiceRequest in protobuf, field by field after opentelemetry-proto; absent fields are not written. */
export function encodeOtlp(request: OtlpRequest): Buffer {
	const writer = Writer.create();
	repeated(writer, 1, request.resourceSpans, writeResourceSpans);
	return Buffer.from(writer.finish());
}

/** ExportLogsServiceRequest in protobuf, likewise. */
export function encodeOtlpLogs(request: OtlpLogRequest): Buffer {
	const writer = Writer.create();
	repeated(writer, 1, request.resourceLogs, writeResourceLogs);
	return Buffer.from(writer.finish());
}

function writeResourceSpans(writer: Writer, value: OtlpResourceSpans): void {
	nested(writer, 1, value.resource, writeResource);
	repeated(writer, 2, value.scopeSpans, writeScopeSpans);
	text(writer, 3, value.schemaUrl);
}

function writeResourceLogs(writer: Writer, value: OtlpResourceLogs): void {
	nested(writer, 1, value.resource, writeResource);
	repeated(writer, 2, value.scopeLogs, writeScopeLogs);
	text(writer, 3, value.schemaUrl);
}

function writeResource(writer: Writer, resource: OtlpResource): void {
	repeated(writer, 1, resource.attributes, writeKeyValue);
	uint32(writer, 2, resource.droppedAttributesCount);
}

function writeScopeSpans(writer: Writer, value: OtlpScopeSpans): void {
	nested(writer, 1, value.scope, writeScope);
	repeated(writer, 2, value.spans, writeSpan);
	text(writer, 3, value.schemaUrl);
}

function writeScopeLogs(writer: Writer, value: OtlpScopeLogs): void {
	nested(writer, 1, value.scope, writeScope);
	repeated(writer, 2, value.logRecords, writeLog);
	text(writer, 3, value.schemaUrl);
}

function writeScope(writer: Writer, scope: OtlpScope): void {
	text(writer, 1, scope.name);
	text(writer, 2, scope.version);
	repeated(writer, 3, scope.attributes, writeKeyValue);
	uint32(writer, 4, scope.droppedAttributesCount);
}

function writeSpan(writer: Writer, span: OtlpSpan): void {
	hex(writer, 1, span.traceId);
	hex(writer, 2, span.spanId);
	text(writer, 3, span.traceState);
	hex(writer, 4, span.parentSpanId);
	text(writer, 5, span.name);
	uint32(writer, 6, span.kind);
	fixed64(writer, 7, span.startTimeUnixNano);
	fixed64(writer, 8, span.endTimeUnixNano);
	repeated(writer, 9, span.attributes, writeKeyValue);
	uint32(writer, 10, span.droppedAttributesCount);
	repeated(writer, 11, span.events, writeEvent);
	uint32(writer, 12, span.droppedEventsCount);
	repeated(writer, 13, span.links, writeLink);
	uint32(writer, 14, span.droppedLinksCount);
	nested(writer, 15, span.status, (inner, status) => {
		text(inner, 2, status.message);
		uint32(inner, 3, status.code);
	});
	fixed32(writer, 16, span.flags);
}

function writeLog(writer: Writer, log: OtlpLog): void {
	fixed64(writer, 1, log.timeUnixNano);
	uint32(writer, 2, log.severityNumber);
	text(writer, 3, log.severityText);
	nested(writer, 5, log.body, writeAnyValue);
	repeated(writer, 6, log.attributes, writeKeyValue);
	uint32(writer, 7, log.droppedAttributesCount);
	fixed32(writer, 8, log.flags);
	hex(writer, 9, log.traceId);
	hex(writer, 10, log.spanId);
	fixed64(writer, 11, log.observedTimeUnixNano);
	text(writer, 12, log.eventName);
}

function writeEvent(writer: Writer, event: OtlpEvent): void {
	fixed64(writer, 1, event.timeUnixNano);
	text(writer, 2, event.name);
	repeated(writer, 3, event.attributes, writeKeyValue);
	uint32(writer, 4, event.droppedAttributesCount);
}

function writeLink(writer: Writer, link: OtlpLink): void {
	hex(writer, 1, link.traceId);
	hex(writer, 2, link.spanId);
	text(writer, 3, link.traceState);
	repeated(writer, 4, link.attributes, writeKeyValue);
	uint32(writer, 5, link.droppedAttributesCount);
	fixed32(writer, 6, link.flags);
}

function writeKeyValue(writer: Writer, pair: KeyValue): void {
	text(writer, 1, pair.key);
	nested(writer, 2, pair.value, writeAnyValue);
}

function writeAnyValue(writer: Writer, value: AnyValue): void {
	if ("stringValue" in value) text(writer, 1, value.stringValue);
	else if ("boolValue" in value) writer.uint32(tag(2, VARINT)).bool(value.boolValue);
	else if ("intValue" in value) writer.uint32(tag(3, VARINT)).int64(bits(BigInt(value.intValue)));
	else if ("doubleValue" in value) writer.uint32(tag(4, FIXED64)).double(Number(value.doubleValue));
	else if ("arrayValue" in value) {
		nested(writer, 5, value.arrayValue, (inner, { values }) => repeated(inner, 1, values, writeAnyValue));
	} else if ("kvlistValue" in value) {
		nested(writer, 6, value.kvlistValue, (inner, { values }) => repeated(inner, 1, values, writeKeyValue));
	} else if ("bytesValue" in value) {
		writer.uint32(tag(7, BYTES)).bytes(Buffer.from(value.bytesValue, "base64"));
	}
}

type Write<Value> = (writer: Writer, value: Value) => void;

function nested<Value>(writer: Writer, field: number, value: Value | undefined, write: Write<Value>): void {
	if (value === undefined) return;
	writer.uint32(tag(field, BYTES)).fork();
	write(writer, value);
	writer.ldelim();
}

function repeated<Value>(writer: Writer, field: number, values: Value[] | undefined, write: Write<Value>): void {
	for (const value of values ?? []) nested(writer, field, value, write);
}

function text(writer: Writer, field: number, value: string | undefined): void {
	if (value !== undefined) writer.uint32(tag(field, BYTES)).string(value);
}

function hex(writer: Writer, field: number, value: string | undefined): void {
	if (value !== undefined) writer.uint32(tag(field, BYTES)).bytes(Buffer.from(value, "hex"));
}

function uint32(writer: Writer, field: number, value: number | undefined): void {
	if (value !== undefined) writer.uint32(tag(field, VARINT)).uint32(value);
}

function fixed32(writer: Writer, field: number, value: number | undefined): void {
	if (value !== undefined) writer.uint32(tag(field, FIXED32)).fixed32(value);
}

function fixed64(writer: Writer, field: number, value: string | undefined): void {
	if (value === undefined) return;
	const { low, high } = bits(BigInt(value));
	writer.uint32(tag(field, FIXED64)).fixed32(low).fixed32(high);
}

function bits(value: bigint): { low: number; high: number; unsigned: boolean } {
	const word = BigInt.asUintN(64, value);
	return { low: Number(word & 0xffffffffn), high: Number(word >> 32n), unsigned: false };
}
