/** When spans started: from a moment on, and before another one, in epoch milliseconds; null leaves that side open. */
export interface TimeWindow {
	fromMs: number | null;
	toMs: number | null;
}

export const ALWAYS: TimeWindow = { fromMs: null, toMs: null };

/** Moments in nanoseconds since the epoch: `from` is inside, `to` is not. */
export interface NanoRange {
	from: bigint;
	to: bigint;
}

/** No start lies beyond: the column holds 64 bits. */
export const END_OF_TIME = 2n ** 64n - 1n;

export function nanoRange({ fromMs, toMs }: TimeWindow): NanoRange {
	return { from: fromMs === null ? 0n : nanosOf(fromMs), to: toMs === null ? END_OF_TIME : nanosOf(toMs) };
}

export function nanosOf(epochMs: number): bigint {
	const nanos = BigInt(Math.max(0, Math.floor(epochMs))) * 1_000_000n;
	return nanos < END_OF_TIME ? nanos : END_OF_TIME;
}

/** The end of a range that holds the moment as its last. */
export function after(moment: bigint): bigint {
	return moment < END_OF_TIME ? moment + 1n : END_OF_TIME;
}

export function sooner(one: bigint, other: bigint): bigint {
	return one < other ? one : other;
}

export function later(one: bigint, other: bigint): bigint {
	return one > other ? one : other;
}
