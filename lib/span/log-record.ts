import type { AnyValue, Attributes } from "@/lib/span/any-value";
import type { Resource, Scope } from "@/lib/span/span";

/** An OTLP log record that names a span. Ids are lower-case hex. */
export interface LogRecord {
	traceId: string;
	spanId: string;
	/** Nanoseconds since the epoch; null when the sender gave none. */
	timeUnixNano: bigint | null;
	/** The record's event name, or its `event.name` attribute; empty when it has neither. */
	eventName: string;
	severityText: string;
	body: AnyValue;
	attributes: Attributes;
}

/** A log record as it was reported, with who reported it. */
export interface ReportedLog extends LogRecord {
	resource: Resource;
	scope: Scope;
}
