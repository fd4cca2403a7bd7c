import type { Cuts } from "@/lib/otlp/cuts";
import type { DecodedLogs } from "@/lib/otlp/decoded";
import { LIMITS } from "@/lib/otlp/limits";
import { keepLog } from "@/lib/otlp/log-fields";
import { readAnyValue, readAttribute } from "@/lib/otlp/protobuf-attributes";
import { readProtobufRequest } from "@/lib/otlp/protobuf-request";
import { unixNano } from "@/lib/otlp/span-fields";
import { BYTES, FIXED64, type WireReader } from "@/lib/otlp/wire-reader";
import type { ReportedLog } from "@/lib/span/log-record";
import type { Resource, Scope } from "@/lib/span/span";

// LogRecord
const TIME = (1 << 3) | FIXED64;
const SEVERITY_TEXT = (3 << 3) | BYTES;
const BODY = (5 << 3) | BYTES;
const ATTRIBUTES = (6 << 3) | BYTES;
const TRACE_ID = (9 << 3) | BYTES;
const SPAN_ID = (10 << 3) | BYTES;
const OBSERVED_TIME = (11 << 3) | FIXED64;
const EVENT_NAME = (12 << 3) | BYTES;

/** A record whose ids are as they were sent. */
interface ReadLog {
	record: ReportedLog;
}

/**
 * OTLP protobuf ExportLogsServiceRequest -> the log records that say something of an LLM application's span; the others are
 * counted. Otherwise as `decodeProtobuf`. Source: opentelemetry-proto 1.x, collector/logs/v1 and logs/v1.
 */
export function decodeLogsProtobuf(body: Uint8Array): DecodedLogs {
	const logs: ReportedLog[] = [];
	let dropped = 0;
	const levels = { resources: "resource_logs", scopes: "scope_logs", records: "log_records" } as const;
	const told = readProtobufRequest<ReadLog>(body, levels, readLog, ({ record }, cuts) => {
		const log = keepLog(record);
		if (log) {
			cuts.tell(log.attributes);
			logs.push(log);
		} else dropped += 1;
	});
	return { logs, dropped, ...told };
}

function readLog(wire: WireReader, end: number, resource: Resource, scope: Scope, cuts: Cuts): ReadLog {
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
	let index = 0;
	let dropped = 0;
	while (wire.more(end)) {
		const tag = wire.tag();
		switch (tag) {
			case TIME:
				log.timeUnixNano = unixNano(wire.fixed64());
				break;
			case SEVERITY_TEXT:
				log.severityText = cuts.text(wire.commonString(), LIMITS.nameBytes, "severityText");
				break;
			case BODY: {
				const last = wire.end();
				cuts.place.enter("body", -1);
				log.body = readAnyValue(wire, last, 0, cuts);
				cuts.place.leave();
				break;
			}
			case ATTRIBUTES:
				dropped += readAttribute(wire, log.attributes, index++, cuts);
				break;
			case TRACE_ID:
				log.traceId = wire.id();
				break;
			case SPAN_ID:
				log.spanId = wire.id();
				break;
			case OBSERVED_TIME:
				observed = unixNano(wire.fixed64());
				break;
			case EVENT_NAME:
				log.eventName = cuts.text(wire.commonString(), LIMITS.nameBytes, "eventName");
				break;
			default:
				wire.skip(tag);
		}
	}
	log.timeUnixNano ??= observed;
	cuts.dropped("attributes", log.attributes.size, dropped, 0);
	return { record: log };
}
