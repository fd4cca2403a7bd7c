import { first, type RawSearchParams } from "@/app/p/[project]/traces/search-params";

export interface TimeRange {
	/** As the address says it. */
	key: string;
	label: string;
	minutes: number;
	/** How much one bar of the chart holds. */
	barMinutes: number;
	/** How long a page of it rests between two looks: a longer period is more work, and changes less. */
	refreshMs: number;
}

const HOUR: TimeRange = { key: "1h", label: "Hour", minutes: 60, barMinutes: 1, refreshMs: 3_000 };

/** The periods one may look back, ending now. */
export const TIME_RANGES: readonly TimeRange[] = [
	{ key: "15m", label: "15 minutes", minutes: 15, barMinutes: 1, refreshMs: 3_000 },
	HOUR,
	{ key: "24h", label: "Day", minutes: 24 * 60, barMinutes: 15, refreshMs: 10_000 },
	{ key: "7d", label: "7 days", minutes: 7 * 24 * 60, barMinutes: 120, refreshMs: 30_000 },
];

/** The period that the address names, or an hour. */
export function parseTimeRange(raw: RawSearchParams): TimeRange {
	return TIME_RANGES.find(({ key }) => key === first(raw.range)) ?? HOUR;
}

/** The address of a period, without what is as by default. */
export function timeRangeHref(path: string, range: TimeRange): string {
	return range === HOUR ? path : `${path}?range=${range.key}`;
}
