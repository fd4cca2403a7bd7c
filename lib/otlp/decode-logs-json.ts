import type { DecodedLogs } from "@/lib/otlp/decoded";
import { anyValue, attributes } from "@/lib/otlp/json-attributes";
import { field, idText, nanos, text } from "@/lib/otlp/json-fields";
import { readJsonRequest } from "@/lib/otlp/json-request";
import { keepLog } from "@/lib/otlp/log-fields";
import type { ReportedLog } from "@/lib/span/log-record";

/**
 * OTLP/JSON ExportLogsServiceRequest -> the log records that say something of an LLM application's span; the others are
 * counted. Otherwise as `decodeJson`.
 */
export function decodeLogsJson(body: string): DecodedLogs {
	const logs: ReportedLog[] = [];
	let dropped = 0;
	const levels = { resources: "resourceLogs", scopes: "scopeLogs", records: "logRecords" } as const;
	const rejections = readJsonRequest(body, levels, (record, resource, scope) => {
		const log = keepLog({
			traceId: idText(record, "traceId"),
			spanId: idText(record, "spanId"),
			timeUnixNano: nanos(record, "timeUnixNano") ?? nanos(record, "observedTimeUnixNano"),
			eventName: text(record, "eventName"),
			severityText: text(record, "severityText"),
			body: anyValue(field(record, "body"), 0, () => "body"),
			attributes: attributes(record, "attributes"),
			resource,
			scope,
		});
		if (log) logs.push(log);
		else dropped += 1;
	});
	return { logs, dropped, rejections };
}
