import type { SpanKind } from "@/lib/span/span";
import { USAGE_COUNTS, type Usage } from "@/lib/span/usage";
import type { TraceFields } from "@/lib/traces/trace";
import { byId, byPlace, minimum, type TraceNode, type TraceSpan } from "@/lib/traces/trace-span";

type Totals = Pick<TraceFields, "usage" | "usageFrom" | "costUsd" | "costFrom" | "unpricedSpans">;

/** Kinds that call a model themselves, as bits of a set. */
const CALL_BITS: Partial<Record<SpanKind, number>> = { llm: 1, embedding: 2, reranker: 4 };

/** Sets of kinds: of which does the subtree below a span hold one that tells its tokens, or its tokens or its cost? */
interface Below {
	usage: number;
	known: number;
}

/**
 * Tokens and US dollars of a trace, each model call counted once. A call that lies over another of its kind repeats it (an
 * application's own span over its gateway's), so only the leaf-most that know something are added up. When none does, the
 * shallowest span that sums up others stands in. `nodes` are in outline order: a parent before its children.
 */
export function sumModelCalls(nodes: readonly TraceNode[]): Totals {
	const below = lookBelow(nodes);
	const above = lookAbove(nodes);
	const used: TraceSpan[] = [];
	const priced: TraceSpan[] = [];
	let unpriced = 0;
	for (const node of nodes) {
		const { span } = node;
		const bit = CALL_BITS[span.kind] ?? 0;
		const { usage, known } = below.get(node) ?? NOTHING;
		if (bit === 0) continue;
		if (span.usage !== null && !(usage & bit)) used.push(span);
		if (known & bit) continue;
		if (span.costUsd !== null) priced.push(span);
		// A call that tells nothing under one that does is part of it.
		else if (span.usage !== null || !((above.get(node) ?? 0) & bit)) unpriced++;
	}
	const aggregateUsage = shallowest(nodes, (span) => span.aggregateUsage);
	const aggregateCost = shallowest(nodes, (span) => span.aggregateCostUsd);
	const costFrom = priced.length > 0 ? "spans" : aggregateCost === null ? null : "aggregate";
	return {
		usage: used.length > 0 ? sumUsage(used) : aggregateUsage,
		usageFrom: used.length > 0 ? "spans" : aggregateUsage && "aggregate",
		costUsd: priced.length > 0 ? sumCost(priced) : aggregateCost,
		costFrom,
		unpricedSpans: costFrom === "aggregate" ? 0 : unpriced,
	};
}

const NOTHING: Below = { usage: 0, known: 0 };

function ownBits({ span }: TraceNode): Below {
	const bit = CALL_BITS[span.kind] ?? 0;
	const usage = span.usage === null ? 0 : bit;
	return { usage, known: usage | (span.costUsd === null ? 0 : bit) };
}

function lookBelow(nodes: readonly TraceNode[]): Map<TraceNode, Below> {
	const below = new Map<TraceNode, Below>();
	for (let i = nodes.length - 1; i >= 0; i--) {
		const node = nodes[i];
		if (!node) continue;
		const bits = { ...NOTHING };
		for (const child of node.children) {
			const [own, deeper] = [ownBits(child), below.get(child) ?? NOTHING];
			bits.usage |= own.usage | deeper.usage;
			bits.known |= own.known | deeper.known;
		}
		below.set(node, bits);
	}
	return below;
}

function lookAbove(nodes: readonly TraceNode[]): Map<TraceNode, number> {
	const above = new Map<TraceNode, number>();
	for (const node of nodes) {
		const known = (above.get(node) ?? 0) | ownBits(node).known;
		for (const child of node.children) above.set(child, known);
	}
	return above;
}

/** What the least deep span says that has something to say; of several the earliest. */
function shallowest<T>(nodes: readonly TraceNode[], pick: (span: TraceSpan) => T | null): T | null {
	const node = minimum(
		nodes.filter(({ span }) => pick(span) !== null),
		(a, b) => a.depth - b.depth || byPlace(a.span, b.span),
	);
	return node ? pick(node.span) : null;
}

function sumUsage(spans: TraceSpan[]): Usage {
	const sum: Usage = {};
	for (const { usage } of spans.sort(byId)) {
		for (const name of USAGE_COUNTS) {
			const count = name === "total" ? totalOf(usage) : usage?.[name];
			if (count !== undefined) sum[name] = (sum[name] ?? 0) + count;
		}
	}
	return sum;
}

// Spans stored long ago know their total only by its parts, and a sum of some totals would be smaller than its parts.
function totalOf(usage: Usage | null): number | undefined {
	if (usage?.total !== undefined) return usage.total;
	return usage?.input === undefined && usage?.output === undefined
		? undefined
		: (usage.input ?? 0) + (usage.output ?? 0);
}

// Floats add up differently in another order, so theirs is fixed and the noise is cut off.
function sumCost(spans: TraceSpan[]): number {
	const sum = spans.sort(byId).reduce((total, span) => total + (span.costUsd ?? 0), 0);
	return Math.round(sum * 1e12) / 1e12;
}
