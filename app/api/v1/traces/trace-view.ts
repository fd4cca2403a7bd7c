import type { Evaluation } from "@/lib/evaluations/evaluation";
import { spanUuid, traceUuid } from "@/lib/ids";
import { attributesPlain } from "@/lib/span/any-value";
import { mergedAttributes } from "@/lib/span/span";
import type { StoredSpan, TraceDetail, TraceSummary } from "@/lib/traces/trace";

// Dokimos' views. Nanoseconds travel as text: as JSON numbers they would lose their last digits.

export function traceListRow(trace: TraceSummary) {
	return {
		id: traceUuid(trace.traceId),
		traceId: trace.traceId,
		projectId: trace.projectId,
		rootSpanName: trace.rootSpanName,
		spanCount: trace.spanCount,
		createdAt: trace.createdAt,
		expiresAt: trace.expiresAt,
	};
}

/** What the trace is as a whole, beyond what Dokimos tells: the same in whatever order and batches it arrived. */
function traceSummaryView(trace: TraceSummary) {
	return {
		name: trace.name,
		status: trace.status,
		errorCount: trace.errorCount,
		progress: trace.progress,
		inputText: trace.inputPreview,
		outputText: trace.outputPreview,
		sessionId: trace.sessionId,
		userId: trace.userId,
		tags: trace.tags,
		metadata: trace.metadata,
		environment: trace.environment,
		release: trace.release,
		usage: trace.usage,
		usageFrom: trace.usageFrom,
		costUsd: trace.costUsd,
		unpricedSpans: trace.unpricedSpans,
		models: trace.models,
		providers: trace.providers,
		llmCount: trace.llmCount,
		toolCount: trace.toolCount,
		ttftMs: trace.ttftMs,
		latencyNano: nanosText(trace.latencyNano),
	};
}

export function traceDetailView({ summary, spans }: TraceDetail, evaluations: Evaluation[]) {
	const { createdAt, expiresAt, ...row } = traceListRow(summary);
	return {
		...row,
		tenantId: null,
		startTimeUnixNano: nanosText(summary.startTimeUnixNano),
		endTimeUnixNano: nanosText(summary.endTimeUnixNano),
		createdAt,
		expiresAt,
		summary: traceSummaryView(summary),
		spans: spans.map(spanView),
		evalJobs: evaluations.map(evalJobView),
	};
}

function spanView(span: StoredSpan) {
	return {
		id: spanUuid(span.projectId, span.traceId, span.spanId),
		spanId: span.spanId,
		parentSpanId: span.parentSpanId,
		name: span.name,
		kind: span.otelKind,
		statusCode: span.statusCode,
		statusMessage: span.statusMessage || null,
		startTimeUnixNano: nanosText(span.startTimeUnixNano),
		endTimeUnixNano: nanosText(span.endTimeUnixNano),
		inputText: span.input,
		outputText: span.output,
		attributes: attributesPlain(mergedAttributes(span)),
		events: span.events.map((event) => ({
			name: event.name,
			timeUnixNano: nanosText(event.timeUnixNano),
			attributes: attributesPlain(event.attributes),
			droppedAttributesCount: event.droppedAttributesCount,
		})),
		links: span.links.map((link) => ({ ...link, attributes: attributesPlain(link.attributes) })),
		scope: {
			name: span.scope.name,
			version: span.scope.version,
			attributes: attributesPlain(span.scope.attributes),
		},
	};
}

function evalJobView(evaluation: Evaluation) {
	return {
		id: evaluation.id,
		spanId: spanUuid(evaluation.projectId, evaluation.traceId, evaluation.spanId),
		ruleId: evaluation.ruleId,
		evaluatorName: evaluation.evaluatorName,
		status: evaluation.status,
		score: evaluation.score,
		success: evaluation.success,
		reason: evaluation.reason,
		parseFailed: evaluation.parseFailed,
		attemptCount: evaluation.attempts,
		lastError: evaluation.lastError,
		createdAt: evaluation.createdAt,
		completedAt: evaluation.completedAt,
	};
}

function nanosText(nanos: bigint | null): string | null {
	return nanos === null ? null : nanos.toString();
}
