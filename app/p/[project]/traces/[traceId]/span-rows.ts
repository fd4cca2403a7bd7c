import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { formatDuration } from "@/app/_ui/format-duration";
import { evaluationState } from "@/app/p/[project]/traces/evaluation-state";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { durationNanos, type SpanKind } from "@/lib/span/span";
import { buildSpanTree, type SpanNode, walkSpanTree } from "@/lib/span/span-tree";
import type { StoredSpan } from "@/lib/traces/trace";

/** One line of the outline: little and plain, for a trace may have thousands. */
export interface SpanRow {
	/** Unique in the outline, also when two spans share an id. */
	key: string;
	spanId: string;
	/** The name to show, and the span's own where that is another. */
	name: string;
	ownName: string;
	kind: SpanKind;
	depth: number;
	/** How many of the following rows are below this one. */
	descendants: number;
	detached: SpanNode["detached"];
	failed: boolean;
	duration: string | null;
	/** Start and length of the bar in percent of the trace; null when the span did not tell its times. */
	bar: { left: number; width: number } | null;
	/** The most urgent of its evaluations, in a word. */
	evaluation: ReturnType<typeof evaluationState>["word"] | null;
}

/** The spans as an outline reads: a parent, then its children, in start order. */
export function spanRows(spans: StoredSpan[], evaluations: Evaluation[]): SpanRow[] {
	const nodes = [...walkSpanTree(buildSpanTree(spans))];
	const descendants = countDescendants(nodes);
	const words = urgentWords(evaluations);
	const toBar = barScale(spans);
	const seen = new Set<string>();
	return nodes.map((node, index) => {
		const { span, depth, detached } = node;
		const duration = durationNanos(span.startTimeUnixNano, span.endTimeUnixNano);
		const key = seen.has(span.spanId) ? `${span.spanId} ${index}` : span.spanId;
		seen.add(key);
		return {
			key,
			spanId: span.spanId,
			name: clipText(span.displayName, LINE_CHARS_MAX).shown,
			ownName: clipText(span.name, LINE_CHARS_MAX).shown,
			kind: span.kind,
			depth,
			descendants: descendants[index] ?? 0,
			detached,
			failed: span.status === "error",
			duration: duration === null ? null : formatDuration(duration),
			bar: toBar(span),
			evaluation: words.get(span.spanId) ?? null,
		};
	});
}

/** From the last row up: the rows below one are its following rows of greater depth. */
function countDescendants(nodes: SpanNode<StoredSpan>[]): number[] {
	const counts: number[] = nodes.map(() => 0);
	for (let i = nodes.length - 1; i >= 0; i--) {
		const depth = nodes[i]?.depth ?? 0;
		let next = i + 1;
		while (next < nodes.length && (nodes[next]?.depth ?? 0) > depth) next += 1 + (counts[next] ?? 0);
		counts[i] = next - i - 1;
	}
	return counts;
}

function urgentWords(evaluations: Evaluation[]): Map<string, NonNullable<SpanRow["evaluation"]>> {
	const states = new Map<string, ReturnType<typeof evaluationState>>();
	for (const evaluation of evaluations) {
		if (!evaluation.current) continue;
		const state = evaluationState(evaluation);
		const known = states.get(evaluation.spanId);
		if (!known || state.urgency > known.urgency) states.set(evaluation.spanId, state);
	}
	return new Map([...states].map(([spanId, { word }]) => [spanId, word]));
}

function barScale(spans: StoredSpan[]): (span: StoredSpan) => SpanRow["bar"] {
	let first: bigint | null = null;
	let last: bigint | null = null;
	for (const { startTimeUnixNano: start, endTimeUnixNano: end } of spans) {
		if (start !== null && (first === null || start < first)) first = start;
		for (const moment of [start, end]) if (moment !== null && (last === null || moment > last)) last = moment;
	}
	return ({ startTimeUnixNano: start, endTimeUnixNano: end }) => {
		if (start === null || first === null || last === null) return null;
		const total = last - first;
		if (total === 0n) return { left: 0, width: 100 };
		const percent = (nanos: bigint) => Number((nanos * 10_000n) / total) / 100;
		return { left: percent(start - first), width: end !== null && end > start ? percent(end - start) : 0 };
	};
}
