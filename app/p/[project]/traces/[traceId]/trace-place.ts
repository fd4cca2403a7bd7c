import { first, type RawSearchParams } from "@/app/p/[project]/traces/search-params";

export const TRACE_VIEWS = ["tree", "transcript", "raw"] as const;
export type TraceViewName = (typeof TRACE_VIEWS)[number];

/** What an address says of the look at one trace. */
export interface TracePlace {
	/** Null: none was chosen. */
	spanId: string | null;
	view: TraceViewName;
	/** First row of the part that is shown without JavaScript. */
	from: number;
}

export function parseTracePlace(raw: RawSearchParams): TracePlace {
	const from = Number(first(raw.rows));
	return {
		spanId: first(raw.span) || null,
		view: TRACE_VIEWS.find((view) => view === first(raw.view)) ?? "tree",
		from: Number.isSafeInteger(from) && from > 0 ? from : 0,
	};
}

/** The given parameters of an address with some of them changed; null takes one away, and so does the default view. */
export function tracePlaceQuery(params: URLSearchParams, change: Partial<TracePlace>): string {
	const next = new URLSearchParams(params);
	const set = (name: string, value: string | null) => (value === null ? next.delete(name) : next.set(name, value));
	if (change.spanId !== undefined) set("span", change.spanId);
	if (change.view !== undefined) set("view", change.view === "tree" ? null : change.view);
	if (change.from !== undefined) set("rows", change.from === 0 ? null : String(change.from));
	const query = next.toString();
	return query ? `?${query}` : "";
}
