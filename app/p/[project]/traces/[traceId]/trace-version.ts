import type { Evaluation } from "@/lib/evaluations/evaluation";

/** Tells whether a page that shows a trace is out of date: of its spans the version, of its evaluations how each stands. */
export function traceVersion(spans: string, evaluations: readonly Evaluation[]): string {
	const states = evaluations.map(({ id, status, attempts }) => `${id.slice(-6)}${status.slice(0, 2)}${attempts}`);
	return [spans, ...states.sort()].join(" ");
}
