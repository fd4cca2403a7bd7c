/** From a moment on and before another one, in epoch milliseconds. */
export interface OverviewWindow {
	fromMs: number;
	toMs: number;
}

/** Whose spans, and when they started. */
export interface OverviewScope {
	/** '' is "linked to no project". */
	projectIds: string[];
	window: OverviewWindow;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Lengths that a clock or a calendar has. */
const BUCKETS_MS = [
	...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
	...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
	...[1, 2, 7, 14].map((days) => days * DAY_MS),
];

/** The shortest usual length that divides a window into at most so many buckets. */
export function bucketLength({ fromMs, toMs }: OverviewWindow, most: number): number {
	const [longest = DAY_MS] = BUCKETS_MS.slice(-1);
	return BUCKETS_MS.find((length) => bucketStarts({ fromMs, toMs }, length).length <= most) ?? longest;
}

/** Where the buckets of a window begin: at multiples of their length, so that they stay while time goes on. */
export function bucketStarts({ fromMs, toMs }: OverviewWindow, bucketMs: number): number[] {
	const first = Math.floor(fromMs / bucketMs);
	const count = Math.max(1, Math.ceil(toMs / bucketMs) - first);
	return Array.from({ length: count }, (_, index) => (first + index) * bucketMs);
}
