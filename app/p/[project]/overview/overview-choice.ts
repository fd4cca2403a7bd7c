import { first, type RawSearchParams } from "@/app/p/[project]/traces/search-params";
import type { OverviewWindow } from "@/lib/overview/overview-window";
import { DAY_MS } from "@/lib/time";

const HOUR_MS = DAY_MS / 24;

/** The lengths one may look back, ending now; the address names them as it does on lists. */
export const OVERVIEW_RANGES = [
	{ name: "1h", label: "Hour", lastsMs: HOUR_MS },
	{ name: "6h", label: "6 hours", lastsMs: 6 * HOUR_MS },
	{ name: "24h", label: "Day", lastsMs: DAY_MS },
	{ name: "7d", label: "7 days", lastsMs: 7 * DAY_MS },
	{ name: "30d", label: "30 days", lastsMs: 30 * DAY_MS },
] as const;
export type OverviewRange = (typeof OVERVIEW_RANGES)[number];

const [, , DAY, , LONGEST] = OVERVIEW_RANGES;

/** What the page is about: a usual length up to now, or a window of its own. */
export interface OverviewChoice {
	range: OverviewRange | null;
	window: OverviewWindow;
}

/** What the address asks for; null when it does not. */
export function parseOverviewChoice(raw: RawSearchParams, nowMs: number): OverviewChoice | null {
	const [fromMs, toMs] = [Date.parse(first(raw.from)), Date.parse(first(raw.to))];
	if (fromMs >= 0 && fromMs < toMs) return { range: null, window: { fromMs, toMs } };
	const range = OVERVIEW_RANGES.find(({ name }) => name === first(raw.range));
	return range ? upToNow(range, nowMs) : null;
}

/** A day, or the shortest length beyond it that holds the latest trace. */
export function usualChoice(latestMs: number | null, nowMs: number): OverviewChoice {
	const lasts = OVERVIEW_RANGES.filter(({ lastsMs }) => lastsMs >= DAY.lastsMs);
	const range = lasts.find(({ lastsMs }) => latestMs === null || latestMs >= nowMs - lastsMs) ?? LONGEST;
	return upToNow(range, nowMs);
}

/** The address of a list that shows what a number of this page counted. */
export function listHref(
	segment: string,
	{ range, window }: OverviewChoice,
	{ filter, part }: { filter?: string; part?: OverviewWindow } = {},
): string {
	const params = new URLSearchParams();
	if (filter) params.set("filter", filter);
	if (range && !part) params.set("range", range.name);
	else {
		const { fromMs, toMs } = part ?? window;
		params.set("from", new Date(Math.max(fromMs, window.fromMs)).toISOString());
		params.set("to", new Date(Math.min(toMs, window.toMs)).toISOString());
	}
	return `/p/${segment}/traces?${params}`;
}

function upToNow(range: OverviewRange, nowMs: number): OverviewChoice {
	return { range, window: { fromMs: nowMs - range.lastsMs, toMs: nowMs } };
}
