import type { Cuts } from "@/lib/otlp/cuts";
import type { DecodedLogs } from "@/lib/otlp/decoded";
import { readAnyValue, readAttributes } from "@/lib/otlp/json-attributes";
import { idText, type Json, nanos, text } from "@/lib/otlp/json-fields";
import { readJsonRequest } from "@/lib/otlp/json-request";
import { LIMITS } from "@/lib/otlp/limits";
import { keepLog } from "@/lib/otlp/log-fields";
import type { ReportedLog } from "@/lib/span/log-record";
import type { Resource, Scope } from "@/lib/span/span";

/**
 * OTLP/JSON ExportLogsServiceRequest -> the log records that say something of an LLM application's span; the others are
 * counted. Otherwise as `decodeJson`.
 */
export function decodeLogsJson(body: string): DecodedLogs {
	const logs: ReportedLog[] = [];
	let dropped = 0;
	const levels = { resources: "resourceLogs", scopes: "scopeLogs", records: "logRecords" } as const;
	const told = readJsonRequest(body, levels, (record, resource, scope, cuts) => {
		const log = keepLog(readLog(record, resource, scope, cuts));
		if (log) {
			cuts.tell(log.attributes);
			logs.push(log);
		} else dropped += 1;
	});
	return { logs, dropped, ...told };
}

function readLog(value: Json, resource: Resource, scope: Scope, cuts: Cuts): ReportedLog {
	const log: ReportedLog = {
		traceId: idText(value.traceId ?? value.trace_id),
		spanId: idText(value.spanId ?? value.span_id),
		timeUnixNano:
			nanos(value.timeUnixNano ?? value.time_unix_nano) ??
			nanos(value.observedTimeUnixNano ?? value.observed_time_unix_nano),
		eventName: "",
		severityText: cuts.text(text(value.severityText ?? value.severity_text), LIMITS.nameBytes, "severityText"),
		body: {},
		attributes: new Map(),
		resource,
		scope,
	};
	cuts.place.enter("body", -1);
	log.body = readAnyValue(value.body ?? undefined, 0, cuts);
	cuts.place.leave();
	const dropped = readAttributes(value, log.attributes, cuts);
	log.eventName = cuts.text(text(value.eventName ?? value.event_name), LIMITS.nameBytes, "eventName");
	cuts.dropped("attributes", log.attributes.size, dropped, 0);
	return log;
}
