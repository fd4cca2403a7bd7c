import { evaluationState } from "@/app/p/[project]/traces/evaluation-state";
import type { Evaluation } from "@/lib/evaluations/evaluation";

export type MarkWord = ReturnType<typeof evaluationState>["word"];
/** The most urgent evaluation of a span, in a word, by span id. */
export type TraceMarks = Record<string, MarkWord>;

export function traceMarks(evaluations: readonly Evaluation[]): TraceMarks {
	const states = new Map<string, ReturnType<typeof evaluationState>>();
	for (const evaluation of evaluations) {
		if (!evaluation.current || evaluation.spanId === "") continue;
		const state = evaluationState(evaluation);
		const known = states.get(evaluation.spanId);
		if (!known || state.urgency > known.urgency) states.set(evaluation.spanId, state);
	}
	return Object.fromEntries([...states].map(([spanId, { word }]) => [spanId, word]));
}
