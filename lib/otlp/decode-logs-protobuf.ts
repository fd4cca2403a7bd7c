import type { DecodedLogs } from "@/lib/otlp/decoded";
import { keepLog } from "@/lib/otlp/log-fields";
import { type Reject, readAnyValue, readAttribute } from "@/lib/otlp/protobuf-attributes";
import { readProtobufRequest } from "@/lib/otlp/protobuf-request";
import { unixNano } from "@/lib/otlp/span-fields";
import { BYTES, FIXED64, type WireReader } from "@/lib/otlp/wire-reader";
import type { ReportedLog } from "@/lib/span/log-record";
import type { Resource, Scope } from "@/lib/span/span";

/**
 * OTLP protobuf ExportLogsServiceRequest -> the log records that say something of an LLM application's span; the others are
 * counted. Otherwise as `decodeProtobuf`. Source: opentelemetry-proto 1.x, collector/logs/v1 and logs/v1.
 */
export function decodeLogsProtobuf(body: Uint8Array): DecodedLogs {
	const logs: ReportedLog[] = [];
	let dropped = 0;
	const levels = { resources: "resource_logs", scopes: "scope_logs", records: "log_records" } as const;
	const rejections = readProtobufRequest(body, levels, (wire, end, resource, scope, reject) => {
		const record = readLogRecord(wire, end, resource, scope, reject);
		return () => {
			const log = keepLog(record);
			if (log) logs.push(log);
			else dropped += 1;
		};
	});
	return { logs, dropped, rejections };
}

function readLogRecord(wire: WireReader, end: number, resource: Resource, scope: Scope, reject: Reject): ReportedLog {
	const log: ReportedLog = {
		traceId: "",
		spanId: "",
		timeUnixNano: null,
		eventName: "",
		severityText: "",
		body: {},
		attributes: new Map(),
		resource,
		scope,
	};
	let observed: bigint | null = null;
	wire.message(end, (field, type) => {
		if (field === 1 && type === FIXED64) log.timeUnixNano = unixNano(wire.fixed64());
		else if (field === 3 && type === BYTES) log.severityText = wire.string();
		else if (field === 5 && type === BYTES) {
			wire.nested("body", (inner) => {
				log.body = readAnyValue(wire, inner, 0, reject);
			});
		} else if (field === 6 && type === BYTES) readAttribute(wire, log.attributes, reject);
		else if (field === 9 && type === BYTES) log.traceId = wire.bytes().toString("hex");
		else if (field === 10 && type === BYTES) log.spanId = wire.bytes().toString("hex");
		else if (field === 11 && type === FIXED64) observed = unixNano(wire.fixed64());
		else if (field === 12 && type === BYTES) log.eventName = wire.string();
		else return false;
		return true;
	});
	log.timeUnixNano ??= observed;
	return log;
}
