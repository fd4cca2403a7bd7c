import { interpretSpan } from "@/lib/ingest/interpret-span";
import { listOverridesOf } from "@/lib/pricing/list-price-overrides";
import type { LogRecord } from "@/lib/span/log-record";
import type { Span } from "@/lib/span/span";
import { listLogs } from "@/lib/traces/list-logs";
import { writeSpans } from "@/lib/traces/write-spans";

/**
 * Derives stored spans again, each with all log records that name it, and stores them in place of what was there; spans
 * without log records are left alone. Returns the ones it stored, as they are now.
 *
 * Call it when either side has been stored. Spans and log records are both written before the other is looked for, so of
 * two requests at once at least one sees the other. What is stored is compared with the log records once more afterwards:
 * of two requests that joined different ones, the last to write notices what it did not know.
 */
export async function joinLogs(spans: readonly Span[]): Promise<Span[]> {
	const joined = new Map<Span, { span: Span; logs: number }>();
	for (;;) {
		const unread = (await withLogs(spans)).filter(({ span, logs }) => joined.get(span)?.logs !== logs.length);
		if (unread.length === 0) return [...joined.values()].map(({ span }) => span);
		const overrides = await listOverridesOf(unread.map(({ span }) => span.projectId));
		const written = unread.map(({ span, logs }) => {
			const again = interpretSpan(span, logs, overrides.get(span.projectId) ?? [], span);
			joined.set(span, { span: again, logs: logs.length });
			return again;
		});
		await writeSpans(written);
	}
}

async function withLogs(spans: readonly Span[]): Promise<{ span: Span; logs: LogRecord[] }[]> {
	const logged: { span: Span; logs: LogRecord[] }[] = [];
	for (const projectId of new Set(spans.map((span) => span.projectId))) {
		const own = spans.filter((span) => span.projectId === projectId);
		const traceIds = [...new Set(own.map((span) => span.traceId))];
		const found = await listLogs({ projectId, traceIds });
		for (const span of own) {
			const logs = found.get(`${span.traceId} ${span.spanId}`);
			if (logs) logged.push({ span, logs });
		}
	}
	return logged;
}
