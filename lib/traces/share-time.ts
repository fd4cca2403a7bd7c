import type { SpanKind } from "@/lib/span/span-kind";
import type { TraceSpan } from "@/lib/traces/trace-span";

/** Where the time of a trace went, in nanoseconds; the three add up to the whole. */
export interface TimeShares {
	/** At least one model was at work. */
	model: bigint;
	/** A tool or a retrieval was, and no model. */
	tool: bigint;
	/** Neither. */
	wait: bigint;
}

const MODEL_KINDS = new Set<SpanKind>(["llm", "embedding", "reranker"]);
const TOOL_KINDS = new Set<SpanKind>(["tool", "retrieval"]);

type TimedSpan = Pick<TraceSpan, "kind" | "startTimeUnixNano" | "endTimeUnixNano">;
type Interval = readonly [start: bigint, end: bigint];

/** Null when neither a model nor a tool told its times: then nothing is known of who was at work. */
export function shareTime(spans: readonly TimedSpan[], wholeNano: bigint | null): TimeShares | null {
	if (wholeNano === null) return null;
	const models = intervals(spans, MODEL_KINDS);
	const tools = intervals(spans, TOOL_KINDS);
	if (models.length + tools.length === 0) return null;
	const model = covered(models);
	const working = covered([...models, ...tools]);
	return { model, tool: working - model, wait: wholeNano > working ? wholeNano - working : 0n };
}

function intervals(spans: readonly TimedSpan[], kinds: ReadonlySet<SpanKind>): Interval[] {
	return spans.flatMap(({ kind, startTimeUnixNano: start, endTimeUnixNano: end }) =>
		kinds.has(kind) && start !== null && end !== null && end > start ? [[start, end] as const] : [],
	);
}

/** Length of the union. */
function covered(given: readonly Interval[]): bigint {
	let total = 0n;
	let reached: bigint | null = null;
	for (const [start, end] of [...given].sort(([a], [b]) => (a < b ? -1 : Number(a > b)))) {
		const from: bigint = reached !== null && reached > start ? reached : start;
		if (end > from) total += end - from;
		if (reached === null || end > reached) reached = end;
	}
	return total;
}
