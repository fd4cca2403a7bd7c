import type { TraceFields, TraceSummary } from "@/lib/traces/trace";

/** How long after the last arrival a trace without its root, or with a span that has not ended, is still waited for. */
const QUIET_MS = 60_000;

/** Whether more is to come. A root that never arrives (its service reports elsewhere) leaves the trace finished. */
export function traceProgress(
	{ rootSeen, openSpanCount }: Pick<TraceFields, "rootSeen" | "openSpanCount">,
	lastArrival: Date,
	now: Date,
): TraceSummary["progress"] {
	if (rootSeen && openSpanCount === 0) return "finished";
	if (now.getTime() - lastArrival.getTime() < QUIET_MS) return "in_progress";
	return openSpanCount > 0 ? "unfinished" : "finished";
}
