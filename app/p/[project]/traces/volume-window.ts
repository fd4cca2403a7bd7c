import type { ChartPoint } from "@/lib/traces/chart-traces";

interface Window {
	fromMs: number;
	toMs: number;
}

/** The window of some buckets, both included: never beyond the window that they divide. */
export function windowOf(
	points: readonly ChartPoint[],
	bucketMs: number,
	{ first, last }: { first: number; last: number },
	within: Window,
): Window {
	const [low, high] = [Math.min(first, last), Math.max(first, last)];
	return {
		fromMs: Math.max(within.fromMs, points[low]?.startMs ?? within.fromMs),
		toMs: Math.min(within.toMs, (points[high]?.startMs ?? within.toMs) + bucketMs),
	};
}

/** The address of a list as it is now, for another window: from its first page on. */
export function windowHref(path: string, search: URLSearchParams, { fromMs, toMs }: Window): string {
	const params = new URLSearchParams(search);
	for (const name of ["range", "cursor"]) params.delete(name);
	params.set("from", new Date(fromMs).toISOString());
	params.set("to", new Date(toMs).toISOString());
	return `${path}?${params}`;
}
