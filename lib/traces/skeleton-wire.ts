/**
 * A trace in outline order (a parent, then what is below it) as it travels to a page: a list per fact, a place per row,
 * every repeated text once. -1 stands for what is not known.
 */
export interface SkeletonWire {
	traceId: string;
	/** Another one whenever the trace changed. */
	version: string;
	/** Spans of the trace: more than there are rows when it is too large, or when this is a part of it. */
	spanCount: number;
	/** All rows, of which the first of these is at `from`. */
	rowCount: number;
	from: number;
	/** Nanoseconds since the epoch in decimal; null when no span told. */
	startUnixNano: string | null;
	/** Nanoseconds from the earliest start to the latest end. */
	durationNano: number;
	/** 16 hex digits a row, without separators. */
	ids: string;
	depths: number[];
	names: string[];
	nameAt: number[];
	/** A letter a row: its place in SPAN_KINDS from `a` on. */
	kinds: string;
	/** Nanoseconds since the start of the trace. */
	starts: number[];
	/** Nanoseconds. */
	durations: number[];
	/** US dollars. */
	costs: number[];
	inputTokens: number[];
	outputTokens: number[];
	models: string[];
	modelAt: number[];
	services: string[];
	serviceAt: number[];
	/** A sum of ROW_FLAGS. */
	flags: number[];
}

export const ROW_FLAGS = {
	failed: 1,
	hasInput: 2,
	hasOutput: 4,
	/** Its parents form a circle, which was cut above it. */
	cycle: 8,
	/** No span at all: the parent that those below it name has not arrived. */
	placeholder: 16,
} as const;
