import type { SpanKind } from "@/lib/span/span";
import type { TextSource } from "@/lib/traces/trace";
import { byLatestEnd, byPlace, minimum, type TraceNode, type TraceSpan } from "@/lib/traces/trace-span";

// Which kinds speak for a trace whose root has no text; kinds not named come last.
const INPUT_RANK: Partial<Record<SpanKind, number>> = { agent: 0, chain: 0, llm: 0 };
const OUTPUT_RANK: Partial<Record<SpanKind, number>> = { agent: 0, chain: 0, llm: 1 };
const LAST_RANK = 2;

/**
 * Whose input stands for the trace: what a span says the trace's input is, the root's own, else that of the shallowest and
 * earliest agent, chain or model call, before any other span.
 */
export function chooseInput(nodes: readonly TraceNode[], root: TraceSpan): TextSource | null {
	const claiming = claims(nodes, root, ({ trace }) => trace.hasInput);
	const claim = minimum(claiming, byPlace);
	if (claim) return { spanId: claim.spanId, from: "trace" };
	if (root.hasInputText) return { spanId: root.spanId, from: "span" };
	const rank = ({ kind }: TraceSpan) => INPUT_RANK[kind] ?? LAST_RANK;
	const node = minimum(
		nodes.filter(({ span }) => span.hasInputText),
		(a, b) => rank(a.span) - rank(b.span) || a.depth - b.depth || byPlace(a.span, b.span),
	);
	return node ? { spanId: node.span.spanId, from: "span" } : null;
}

/**
 * Whose output stands for the trace: what a span says the trace's output is, the root's own, else that of the shallowest
 * agent or chain that ended last, else of the model call that ended last, before any other span.
 */
export function chooseOutput(nodes: readonly TraceNode[], root: TraceSpan): TextSource | null {
	const claiming = claims(nodes, root, ({ trace }) => trace.hasOutput);
	const claim = minimum(claiming, byLatestEnd);
	if (claim) return { spanId: claim.spanId, from: "trace" };
	if (root.hasOutputText) return { spanId: root.spanId, from: "span" };
	const rank = ({ kind }: TraceSpan) => OUTPUT_RANK[kind] ?? LAST_RANK;
	// Among model calls only time counts: the last one answers, however deep it lies.
	const depth = (node: TraceNode) => (node.span.kind === "llm" ? 0 : node.depth);
	const node = minimum(
		nodes.filter(({ span }) => span.hasOutputText),
		(a, b) => rank(a.span) - rank(b.span) || depth(a) - depth(b) || byLatestEnd(a.span, b.span),
	);
	return node ? { spanId: node.span.spanId, from: "span" } : null;
}

/** The spans that claim a text for the trace; the root's claim is the only one that counts if it makes one. */
function claims(nodes: readonly TraceNode[], root: TraceSpan, claiming: (span: TraceSpan) => boolean): TraceSpan[] {
	return claiming(root) ? [root] : nodes.map((node) => node.span).filter(claiming);
}
