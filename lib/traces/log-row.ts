import { createHash } from "node:crypto";
import { z } from "zod";
import type { AnyValue, KeyValue } from "@/lib/span/any-value";
import type { LogRecord, ReportedLog } from "@/lib/span/log-record";
import { attributeTexts, fromKeyValues, keyValues } from "@/lib/traces/attribute-columns";
import { nanos } from "@/lib/traces/span-row";

/** A log record with whose it is and how long it is kept. */
export interface KeptLog extends ReportedLog {
	/** Empty when its trace is linked to no project. */
	projectId: string;
	expiresAt: Date;
}

/** What is read of a row of `span_logs`. */
export const LogRow = z.object({
	trace_id: z.string(),
	span_id: z.string(),
	time_unix_nano: z.string(),
	event_name: z.string(),
	severity_text: z.string(),
	body: z.string(),
	attributes: z.string(),
});
export type LogRow = z.infer<typeof LogRow>;

/** A log record as a row to insert. */
export function toLogRow(log: KeptLog): LogRow & Record<string, unknown> {
	const body = JSON.stringify(log.body);
	const attributes = JSON.stringify(keyValues(log.attributes));
	return {
		trace_id: log.traceId,
		project_id: log.projectId,
		span_id: log.spanId,
		time_unix_nano: String(log.timeUnixNano ?? 0n),
		event_name: log.eventName,
		hash: contentHash(log, body),
		severity_text: log.severityText,
		body,
		attributes,
		resource_attributes: attributeTexts(log.resource.attributes),
		scope_name: log.scope.name,
		scope_version: log.scope.version,
		expires_at: log.expiresAt.toISOString().slice(0, -1).replace("T", " "),
	};
}

export function fromLogRow(row: LogRow): LogRecord {
	return {
		traceId: row.trace_id,
		spanId: row.span_id,
		timeUnixNano: nanos(row.time_unix_nano),
		eventName: row.event_name,
		severityText: row.severity_text,
		body: JSON.parse(row.body) as AnyValue,
		attributes: fromKeyValues(JSON.parse(row.attributes) as KeyValue[]),
	};
}

// Attributes have no order, so a collector that sorts them sends the same record.
function contentHash(log: KeptLog, body: string): string {
	const attributes = keyValues(log.attributes).sort((a, b) => (a.key < b.key ? -1 : 1));
	return createHash("sha256")
		.update(JSON.stringify([log.severityText, body, attributes]))
		.digest("hex");
}
