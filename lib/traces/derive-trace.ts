import { AppError } from "@/lib/errors";
import { durationNanos, SPAN_KINDS } from "@/lib/span/span";
import { buildSpanTree, walkSpanTree } from "@/lib/span/span-tree";
import { chooseInput, chooseOutput } from "@/lib/traces/choose-texts";
import { sumModelCalls } from "@/lib/traces/sum-model-calls";
import type { TraceFields } from "@/lib/traces/trace";
import { byPlace, type TraceNode, type TraceSpan } from "@/lib/traces/trace-span";

const TAGS_MAX = 100;

/** Ranks of spans that could be the root, best first; within one the earliest wins. */
const RANK = { noParent: 0, marked: 1, parentMissing: 2, parentMissingAndUnknown: 3, parentPresent: 4 };

/**
 * What a trace is, from its deduplicated spans, at least one. Every field is a minimum, a set or a sum in a fixed order, so
 * the order of the spans does not matter; whatever they claim about parents, circles included, is taken. Nothing recurses.
 */
export function deriveTrace(given: readonly TraceSpan[]): TraceFields {
	const spans = [...given].sort(byPlace);
	const nodes = [...walkSpanTree(buildSpanTree(spans))];
	const { root, rank } = chooseRoot(spans);
	const rootSeen = rank <= RANK.marked;
	const errorCount = spans.filter((span) => span.status === "error").length;
	const start = spans[0]?.startTimeUnixNano ?? null;
	const end = latestEnd(spans);
	/** The root's value, else of the earliest span that has one. */
	const inherited = <T>(pick: (span: TraceSpan) => T | null): T | null => pick(root) ?? earliest(spans, pick);
	return {
		rootSpanId: root.spanId,
		rootSpanName: root.name,
		rootKind: root.kind,
		rootSeen,
		name:
			earliest(spans, (span) => span.trace.name) ??
			earliest(spans, (span) => span.trace.workflowName) ??
			root.displayName,
		inputSource: chooseInput(nodes, root),
		outputSource: chooseOutput(nodes, root),
		sessionId: inherited((span) => span.sessionId),
		userId: inherited((span) => span.userId),
		sessionConflict: distinct(spans, (span) => span.sessionId).length > 1,
		tags: [...new Set(spans.flatMap((span) => span.tags ?? []))].sort().slice(0, TAGS_MAX),
		metadata: mergeMetadata(spans, root),
		environment: inherited((span) => span.environment),
		release: inherited((span) => span.release),
		service: inherited((span) => span.service),
		status: rootSeen ? root.status : statusAtTop(nodes),
		errorCount,
		hasError: errorCount > 0,
		startTimeUnixNano: start,
		endTimeUnixNano: end,
		durationNano: durationNanos(start, end),
		latencyNano: durationNanos(root.startTimeUnixNano, root.endTimeUnixNano),
		openSpanCount: spans.filter((span) => span.endTimeUnixNano === null).length,
		...sumModelCalls(nodes),
		models: distinct(spans, (span) => span.responseModel ?? span.requestModel),
		providers: distinct(spans, (span) => span.provider),
		kinds: SPAN_KINDS.filter((kind) => spans.some((span) => span.kind === kind)),
		spanCount: spans.length,
		llmCount: spans.filter((span) => span.kind === "llm").length,
		toolCount: spans.filter((span) => span.kind === "tool").length,
		ttftMs: spans.find((span) => span.kind === "llm")?.ttftMs ?? null,
	};
}

/** Spans come in the order of their places, so the first of the best rank is the earliest. */
function chooseRoot(spans: readonly TraceSpan[]): { root: TraceSpan; rank: number } {
	const ids = new Set(spans.map((span) => span.spanId));
	let best: { root: TraceSpan; rank: number } | undefined;
	for (const span of spans) {
		const rank = rankOf(span, ids);
		if (!best || rank < best.rank) best = { root: span, rank };
	}
	if (!best) throw new AppError("internal", "A trace has at least one span");
	return best;
}

function rankOf({ parentSpanId, trace, kind }: TraceSpan, ids: ReadonlySet<string>): number {
	if (parentSpanId === null) return RANK.noParent;
	if (trace.isRoot) return RANK.marked;
	// Only where the parents form a circle is there no better candidate.
	if (ids.has(parentSpanId)) return RANK.parentPresent;
	return kind === "span" ? RANK.parentMissingAndUnknown : RANK.parentMissing;
}

function statusAtTop(nodes: readonly TraceNode[]): "ok" | "error" {
	return nodes.some(({ depth, span }) => depth === 0 && span.status === "error") ? "error" : "ok";
}

function latestEnd(spans: readonly TraceSpan[]): bigint | null {
	let latest: bigint | null = null;
	for (const { endTimeUnixNano: end } of spans) if (end !== null && (latest === null || end > latest)) latest = end;
	return latest;
}

function earliest<T>(spans: readonly TraceSpan[], pick: (span: TraceSpan) => T | null): T | null {
	for (const span of spans) {
		const value = pick(span);
		if (value !== null) return value;
	}
	return null;
}

function distinct(spans: readonly TraceSpan[], pick: (span: TraceSpan) => string | null): string[] {
	return [...new Set(spans.map(pick).filter((value) => value !== null))].sort();
}

/** The root's own map, then what it lacks from the metadata that spans give their trace, the earliest first. */
function mergeMetadata(spans: readonly TraceSpan[], root: TraceSpan): Record<string, unknown> {
	const merged = new Map<string, unknown>();
	for (const source of [root.metadata, ...spans.map((span) => span.trace.metadata)]) {
		for (const [key, value] of Object.entries(source ?? {})) if (!merged.has(key)) merged.set(key, value);
	}
	return Object.fromEntries(merged);
}
