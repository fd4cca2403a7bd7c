import { nanosToMs } from "@/lib/time";
import type { TraceSummary } from "@/lib/traces/trace";

/** A trace in a file: what its line in the list says, in units that need no reading. Null is unknown. */
export function traceRecord(trace: TraceSummary) {
	const { usage } = trace;
	return {
		trace_id: trace.traceId,
		project_id: trace.projectId,
		name: trace.name,
		start: trace.startTimeUnixNano === null ? null : new Date(nanosToMs(trace.startTimeUnixNano)).toISOString(),
		duration_ms: trace.durationNano === null ? null : nanosToMs(trace.durationNano),
		status: trace.status,
		spans: trace.spanCount,
		failed_spans: trace.errorCount,
		input_tokens: usage?.input ?? null,
		output_tokens: usage?.output ?? null,
		total_tokens: usage?.total ?? null,
		cost_usd: trace.costUsd,
		unpriced_calls: trace.unpricedSpans,
		session_id: trace.sessionId,
		user_id: trace.userId,
		environment: trace.environment,
		release: trace.release,
		service: trace.service,
		tags: trace.tags,
		models: trace.models,
		metadata: trace.metadata,
		/** The first thousand characters. */
		input: trace.inputPreview,
		output: trace.outputPreview,
	};
}
export type TraceRecord = ReturnType<typeof traceRecord>;
