import type { Evaluation } from "@/lib/evaluations/evaluation";
import type { Feedback } from "@/lib/feedback/feedback";

/**
 * Tells whether a page that shows a trace is out of date: of its spans the version, of its evaluations how each stands, of its
 * feedback which there is.
 */
export function traceVersion(
	spans: string,
	evaluations: readonly Evaluation[],
	feedback: readonly Pick<Feedback, "id">[],
): string {
	const states = evaluations.map(({ id, status, attempts }) => `${id.slice(-6)}${status.slice(0, 2)}${attempts}`);
	return [spans, ...states.sort(), feedback.length, feedback.at(-1)?.id].join(" ");
}
