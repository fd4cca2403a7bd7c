import { SPAN_KINDS, type SpanKind } from "@/lib/span/span-kind";
import { ROW_FLAGS, type SkeletonWire } from "@/lib/traces/skeleton-wire";

/**
 * The rows of a trace in memory: a typed array per fact, so that 50,000 of them take a few megabytes. Numbers that are not
 * known are -1.
 */
export interface Outline {
	traceId: string;
	version: string;
	/** Spans of the trace, of which there may be rows for the first only. */
	spanCount: number;
	/** All rows; this outline may be a part of them that begins at `from`. */
	rowCount: number;
	from: number;
	startUnixNano: bigint | null;
	durationNano: number;
	/** How many rows there are here. */
	length: number;
	ids: string;
	depths: Uint16Array;
	/** Row of the parent; -1 at the top, and where the parent is not among these rows. */
	parents: Int32Array;
	/** How many of the following rows are below this one. */
	below: Uint32Array;
	names: string[];
	nameAt: Int32Array;
	kinds: Uint8Array;
	starts: Float64Array;
	durations: Float64Array;
	costs: Float64Array;
	inputTokens: Float64Array;
	outputTokens: Float64Array;
	models: string[];
	modelAt: Int32Array;
	services: string[];
	serviceAt: Int32Array;
	flags: Uint8Array;
}

const ID_CHARS = 16;

/** Rows as they came over the wire. Depths are taken as an outline's: whoever stands deeper than the row before is below it. */
export function decodeSkeleton(wire: SkeletonWire): Outline {
	const length = wire.depths.length;
	const parents = new Int32Array(length).fill(-1);
	const below = new Uint32Array(length);
	const open: number[] = [];
	for (let row = 0; row < length; row++) {
		const depth = wire.depths[row] ?? 0;
		while (open.length > 0 && (wire.depths[open.at(-1) ?? 0] ?? 0) >= depth) close(open.pop() ?? 0, row);
		parents[row] = open.at(-1) ?? -1;
		open.push(row);
	}
	for (const row of open) close(row, length);
	function close(row: number, end: number) {
		below[row] = end - row - 1;
	}
	return {
		traceId: wire.traceId,
		version: wire.version,
		spanCount: wire.spanCount,
		rowCount: wire.rowCount,
		from: wire.from,
		startUnixNano: wire.startUnixNano === null ? null : BigInt(wire.startUnixNano),
		durationNano: wire.durationNano,
		length,
		ids: wire.ids,
		depths: Uint16Array.from(wire.depths),
		parents,
		below,
		names: wire.names,
		nameAt: Int32Array.from(wire.nameAt),
		kinds: Uint8Array.from(wire.kinds, (letter) => letter.charCodeAt(0) - 97),
		starts: Float64Array.from(wire.starts),
		durations: Float64Array.from(wire.durations),
		costs: Float64Array.from(wire.costs),
		inputTokens: Float64Array.from(wire.inputTokens),
		outputTokens: Float64Array.from(wire.outputTokens),
		models: wire.models,
		modelAt: Int32Array.from(wire.modelAt),
		services: wire.services,
		serviceAt: Int32Array.from(wire.serviceAt),
		flags: Uint8Array.from(wire.flags),
	};
}

export function idAt(outline: Outline, row: number): string {
	return outline.ids.slice(row * ID_CHARS, (row + 1) * ID_CHARS);
}

/** The row of a span; -1 when it has none. */
export function rowOf(outline: Outline, spanId: string): number {
	if (spanId.length !== ID_CHARS) return -1;
	let at = outline.ids.indexOf(spanId);
	// Digits of two neighbours may spell the id, too.
	while (at >= 0 && at % ID_CHARS !== 0) at = outline.ids.indexOf(spanId, at + 1);
	return at < 0 ? -1 : at / ID_CHARS;
}

export function nameAt(outline: Outline, row: number): string {
	return outline.names[outline.nameAt[row] ?? -1] ?? "";
}

export function kindAt(outline: Outline, row: number): SpanKind {
	return SPAN_KINDS[outline.kinds[row] ?? -1] ?? "span";
}

export function modelAt(outline: Outline, row: number): string | null {
	return outline.models[outline.modelAt[row] ?? -1] ?? null;
}

export function serviceAt(outline: Outline, row: number): string | null {
	return outline.services[outline.serviceAt[row] ?? -1] ?? null;
}

export function hasFlag(outline: Outline, row: number, flag: keyof typeof ROW_FLAGS): boolean {
	return ((outline.flags[row] ?? 0) & ROW_FLAGS[flag]) !== 0;
}

/** Tokens in and out; null when neither is known. */
export function tokensAt(outline: Outline, row: number): { input?: number; output?: number } | null {
	const input = outline.inputTokens[row] ?? -1;
	const output = outline.outputTokens[row] ?? -1;
	if (input < 0 && output < 0) return null;
	return { ...(input >= 0 && { input }), ...(output >= 0 && { output }) };
}

/** A number of a row; null when it is not known. */
export function knownAt(
	outline: Outline,
	column: "starts" | "durations" | "costs" | "inputTokens" | "outputTokens",
	row: number,
): number | null {
	const value = outline[column][row] ?? -1;
	return value < 0 ? null : value;
}
