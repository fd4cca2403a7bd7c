import type { Span } from "@/lib/span/span";

/** What a place in the tree depends on. */
export type TreeSpan = Pick<Span, "spanId" | "parentSpanId" | "startTimeUnixNano">;

/**
 * A span with its children. `detached` tells why a span that names a parent stands at the top: the parent has not
 * arrived, or the parents form a circle that had to be cut here.
 */
export interface SpanNode<S extends TreeSpan = Span> {
	span: S;
	/** 0 at the top. */
	depth: number;
	detached: "missing_parent" | "cycle" | null;
	children: SpanNode<S>[];
}

/**
 * The forest of a trace's spans, siblings in start order (unknown starts last, ties as given). Every span appears exactly
 * once, whatever the senders claim about parents. Nothing recurses: depth is bounded by memory, not by the stack.
 */
export function buildSpanTree<S extends TreeSpan>(spans: readonly S[]): SpanNode<S>[] {
	const nodes: SpanNode<S>[] = [...spans]
		.sort(byStart)
		.map((span) => ({ span, depth: 0, detached: null, children: [] }));
	const byId = new Map<string, SpanNode<S>>();
	for (const node of nodes) if (!byId.has(node.span.spanId)) byId.set(node.span.spanId, node);

	const roots: SpanNode<S>[] = [];
	for (const node of nodes) {
		const parent = parentOf(node, byId);
		if (parent) parent.children.push(node);
		else {
			node.detached = node.span.parentSpanId === null ? null : "missing_parent";
			roots.push(node);
		}
	}

	const placed = new Set<SpanNode<S>>();
	for (const root of roots) place(root, placed);
	for (const node of nodes) {
		if (placed.has(node)) continue;
		const cut = earliestOfCycle(node, byId);
		const parent = parentOf(cut, byId);
		if (parent) parent.children = parent.children.filter((child) => child !== cut);
		cut.detached = "cycle";
		roots.push(cut);
		place(cut, placed);
	}
	return roots.sort((a, b) => byStart(a.span, b.span));
}

/** Every node from top to bottom as an outline reads: a parent, then its children. */
export function* walkSpanTree<S extends TreeSpan>(roots: readonly SpanNode<S>[]): Generator<SpanNode<S>> {
	const stack = [...roots].reverse();
	for (let node = stack.pop(); node; node = stack.pop()) {
		yield node;
		for (let i = node.children.length - 1; i >= 0; i--) {
			const child = node.children[i];
			if (child) stack.push(child);
		}
	}
}

function byStart(a: TreeSpan, b: TreeSpan): number {
	const left = a.startTimeUnixNano;
	const right = b.startTimeUnixNano;
	if (left === right) return 0;
	if (left === null) return 1;
	if (right === null) return -1;
	return left < right ? -1 : 1;
}

function parentOf<S extends TreeSpan>(node: SpanNode<S>, byId: Map<string, SpanNode<S>>): SpanNode<S> | undefined {
	return node.span.parentSpanId === null ? undefined : byId.get(node.span.parentSpanId);
}

function place<S extends TreeSpan>(root: SpanNode<S>, placed: Set<SpanNode<S>>): void {
	for (const node of walkSpanTree([root])) {
		placed.add(node);
		for (const child of node.children) child.depth = node.depth + 1;
	}
}

/** Climbs from a span no root leads to until a parent repeats; the cut is the circle's earliest span. */
function earliestOfCycle<S extends TreeSpan>(start: SpanNode<S>, byId: Map<string, SpanNode<S>>): SpanNode<S> {
	const climbed: SpanNode<S>[] = [];
	const seenAt = new Map<SpanNode<S>, number>();
	let node: SpanNode<S> | undefined = start;
	while (node && !seenAt.has(node)) {
		seenAt.set(node, climbed.length);
		climbed.push(node);
		node = parentOf(node, byId);
	}
	const cycle = climbed.slice(node ? seenAt.get(node) : 0);
	return cycle.reduce((earliest, other) => (byStart(other.span, earliest.span) < 0 ? other : earliest));
}
