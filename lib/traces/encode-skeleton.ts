import { durationNanos, SPAN_KINDS } from "@/lib/span/span";
import { buildSpanTree, type SpanNode, type TreeSpan, walkSpanTree } from "@/lib/span/span-tree";
import type { TraceSkeleton } from "@/lib/traces/read-skeleton";
import { ROW_FLAGS, type SkeletonWire } from "@/lib/traces/skeleton-wire";
import type { TraceSpan } from "@/lib/traces/trace-span";

/** Names are cut for a row; the span itself has them whole. */
const NAME_CHARS_MAX = 200;

/** A row of the outline: a span, or the place of a parent that has not arrived. */
type RowSpan = TreeSpan & { span: TraceSpan | null };

/** The rows of a trace for a page. A parent that has not arrived has a row of its own, above those that name it. */
export function encodeSkeleton({ facts, spans, spanCount, version }: TraceSkeleton): SkeletonWire {
	const nodes = [...walkSpanTree(buildSpanTree(withMissingParents(spans)))];
	const names = new Dictionary();
	const models = new Dictionary();
	const services = new Dictionary();
	const { startTimeUnixNano: first } = facts;
	const of = <T>(pick: (span: TraceSpan) => T, without: T) =>
		nodes.map(({ span: { span } }) => (span ? pick(span) : without));
	return {
		traceId: facts.traceId,
		version,
		spanCount,
		rowCount: nodes.length,
		from: 0,
		startUnixNano: first === null ? null : String(first),
		durationNano: facts.durationNano === null ? -1 : Number(facts.durationNano),
		ids: nodes.map(({ span }) => span.spanId).join(""),
		depths: nodes.map(({ depth }) => depth),
		nameAt: of((span) => names.place(span.displayName.slice(0, NAME_CHARS_MAX).toWellFormed()), -1),
		names: names.texts,
		kinds: of((span) => letter(SPAN_KINDS.indexOf(span.kind)), letter(SPAN_KINDS.indexOf("span"))).join(""),
		starts: of(({ startTimeUnixNano: start }) => (start === null || first === null ? -1 : Number(start - first)), -1),
		durations: of((span) => Number(durationNanos(span.startTimeUnixNano, span.endTimeUnixNano) ?? -1), -1),
		costs: of((span) => span.costUsd ?? -1, -1),
		inputTokens: of((span) => span.usage?.input ?? -1, -1),
		outputTokens: of((span) => span.usage?.output ?? -1, -1),
		modelAt: of((span) => models.place(span.responseModel ?? span.requestModel), -1),
		models: models.texts,
		serviceAt: of((span) => services.place(span.service), -1),
		services: services.texts,
		flags: nodes.map(flagsOf),
	};
}

/** Some of the rows, for a page that shows no more. */
export function sliceSkeleton(wire: SkeletonWire, from: number, count: number): SkeletonWire {
	const to = from + count;
	return {
		...wire,
		from,
		ids: wire.ids.slice(from * 16, to * 16),
		depths: wire.depths.slice(from, to),
		nameAt: wire.nameAt.slice(from, to),
		kinds: wire.kinds.slice(from, to),
		starts: wire.starts.slice(from, to),
		durations: wire.durations.slice(from, to),
		costs: wire.costs.slice(from, to),
		inputTokens: wire.inputTokens.slice(from, to),
		outputTokens: wire.outputTokens.slice(from, to),
		modelAt: wire.modelAt.slice(from, to),
		serviceAt: wire.serviceAt.slice(from, to),
		flags: wire.flags.slice(from, to),
	};
}

function withMissingParents(spans: readonly TraceSpan[]): RowSpan[] {
	const ids = new Set(spans.map(({ spanId }) => spanId));
	const missing = new Map<string, bigint | null>();
	for (const { parentSpanId, startTimeUnixNano: start } of spans) {
		if (parentSpanId === null || ids.has(parentSpanId)) continue;
		const known = missing.get(parentSpanId) ?? null;
		missing.set(parentSpanId, known === null || (start !== null && start < known) ? start : known);
	}
	return [
		...[...missing].map(([spanId, startTimeUnixNano]) => ({
			spanId,
			parentSpanId: null,
			startTimeUnixNano,
			span: null,
		})),
		...spans.map((span) => ({
			spanId: span.spanId,
			parentSpanId: span.parentSpanId,
			startTimeUnixNano: span.startTimeUnixNano,
			span,
		})),
	];
}

function flagsOf({ span: { span }, detached }: SpanNode<RowSpan>): number {
	if (span === null) return ROW_FLAGS.placeholder;
	return (
		(span.status === "error" ? ROW_FLAGS.failed : 0) |
		(span.hasInputText ? ROW_FLAGS.hasInput : 0) |
		(span.hasOutputText ? ROW_FLAGS.hasOutput : 0) |
		(detached === "cycle" ? ROW_FLAGS.cycle : 0)
	);
}

function letter(place: number): string {
	return String.fromCharCode(97 + place);
}

/** Texts by the place at which each was met first. */
class Dictionary {
	readonly texts: string[] = [];
	readonly #places = new Map<string, number>();

	/** -1 for null. */
	place(text: string | null): number {
		if (text === null) return -1;
		const known = this.#places.get(text);
		if (known !== undefined) return known;
		this.#places.set(text, this.texts.length);
		return this.texts.push(text) - 1;
	}
}
