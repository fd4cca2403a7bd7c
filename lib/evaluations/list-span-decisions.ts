import type { Decision } from "@/lib/evaluations/decision";
import { listDecisions } from "@/lib/evaluations/list-decisions";
import { listSpans } from "@/lib/traces/list-spans";
import type { StoredSpan } from "@/lib/traces/trace";

/** Of a larger trace the other spans are not read. */
const COMPARED_SPANS_MAX = 200;

/**
 * What every enabled rule decided about one span and about its trace; in a small trace also about each of the other spans, in
 * a large one about the trace only what became an evaluation.
 */
export async function listSpanDecisions({
	span,
	spanCount,
}: {
	span: StoredSpan;
	/** Of its trace. */
	spanCount: number;
}): Promise<Decision[]> {
	const { projectId, traceId } = span;
	const whole = spanCount <= COMPARED_SPANS_MAX;
	const spans = whole ? await listSpans(projectId, traceId) : [span];
	const decisions = await listDecisions({ projectId, traceId, spans });
	// Whether a rule means a trace depends on all of its spans.
	return whole ? decisions : decisions.filter(({ spanId, evaluation }) => spanId !== null || evaluation !== null);
}
