import { optionalId } from "@/lib/otlp/span-fields";
import { type AnyValue, anyValueText } from "@/lib/span/any-value";
import type { ReportedLog } from "@/lib/span/log-record";

/** Events of the GenAI conventions, of Claude Code and of Codex. */
const EVENT = /^(gen_ai|claude_code|codex)\./;

/**
 * The log record with its ids in lower-case hex and the event name it goes by; null when it names no span or says nothing
 * of an LLM application: neither by its event name, nor by an attribute of the GenAI conventions, nor by a body that holds
 * an input or an output. An unreadable id rejects it.
 */
export function keepLog(log: ReportedLog): ReportedLog | null {
	const traceId = optionalId(log.traceId, 16, "traceId");
	const spanId = optionalId(log.spanId, 8, "spanId");
	if (traceId === null || spanId === null) return null;
	const eventName = log.eventName || textOf(log.attributes.get("event.name"));
	const told =
		EVENT.test(eventName) ||
		// Claude Code names its events in the body; its `event.name` comes without the prefix.
		EVENT.test(textOf(log.body)) ||
		holdsContent(log.body) ||
		[...log.attributes.keys()].some((key) => key.startsWith("gen_ai."));
	return told ? { ...log, traceId, spanId, eventName } : null;
}

function textOf(value: AnyValue | undefined): string {
	return value && "stringValue" in value ? anyValueText(value) : "";
}

function holdsContent(body: AnyValue): boolean {
	return "kvlistValue" in body && body.kvlistValue.values.some(({ key }) => key === "input" || key === "output");
}
