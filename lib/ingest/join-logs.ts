import { interpretSpan } from "@/lib/ingest/interpret-span";
import { listOverridesOf } from "@/lib/pricing/list-price-overrides";
import type { LogRecord } from "@/lib/span/log-record";
import type { Span } from "@/lib/span/span";
import { together } from "@/lib/together";
import { hasLogs } from "@/lib/traces/has-logs";
import { listLogs } from "@/lib/traces/list-logs";
import { writeSpans } from "@/lib/traces/write-spans";

// Senders wait for the answer, and give up after ten seconds.
const TIMEOUT_SECONDS = 4;

/**
 * Derives stored spans again, each with all log records that name it, and stores them in place of what was there; spans
 * without log records are left alone. Returns the ones it stored, as they are now.
 *
 * Call it when either side has been stored. Spans and log records are both written before the other is looked for, so of
 * two requests at once at least one sees the other (`hasLogs` and `logsAreSeen` keep that true). What is stored is
 * compared with the log records once more afterwards: of two requests that joined different ones, the last to write
 * notices what it did not know.
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
	const found = await findLogs(spans.map(traceOf));
	if (found.size === 0) return [];
	return spans.flatMap((span) => {
		const logs = found.get(traceOf(span))?.get(`${span.traceId} ${span.spanId}`);
		return logs ? [{ span, logs }] : [];
	});
}

const traceOf = ({ projectId, traceId }: Pick<Span, "projectId" | "traceId">): string => `${projectId}/${traceId}`;

/** The log records of traces, by trace and span; every request asks, and mostly there are none, so one question for all. */
const findLogs = together<string, Map<string, LogRecord[]>>(async (traces) => {
	const found = new Map<string, Map<string, LogRecord[]>>();
	if (!(await hasLogs({ timeoutSeconds: TIMEOUT_SECONDS }))) return found;
	const byProject = new Map<string, string[]>();
	for (const trace of traces) {
		const projectId = trace.slice(0, trace.indexOf("/"));
		const own = byProject.get(projectId);
		if (own) own.push(trace);
		else byProject.set(projectId, [trace]);
	}
	for (const [projectId, own] of byProject) {
		const traceIds = own.map((trace) => trace.slice(projectId.length + 1));
		const logs = await listLogs({ projectId, traceIds, timeoutSeconds: TIMEOUT_SECONDS });
		for (const trace of own) if (logs.size > 0) found.set(trace, logs);
	}
	return found;
});
