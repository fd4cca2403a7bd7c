/** What the address of the traces page says. */
export interface TraceSearch {
	text: string;
	/** A filter as it was typed; it may be none that can be read. */
	filter: string;
	/** Null on the first page. */
	cursor: string | null;
	/** The reader turned refreshing off. */
	liveOff: boolean;
}

export type RawSearchParams = Record<string, string | string[] | undefined>;

export function parseTraceSearch(raw: RawSearchParams): TraceSearch {
	return {
		text: first(raw.q).trim(),
		filter: first(raw.filter).trim(),
		cursor: first(raw.cursor) || null,
		liveOff: first(raw.live) === "off",
	};
}

export function first(value: string | string[] | undefined): string {
	return (Array.isArray(value) ? value[0] : value) ?? "";
}

/** The address of a traces page, without what is as by default. */
export function traceSearchHref(path: string, search: Partial<TraceSearch>): string {
	const params = new URLSearchParams();
	if (search.text) params.set("q", search.text);
	if (search.filter) params.set("filter", search.filter);
	if (search.cursor) params.set("cursor", search.cursor);
	if (search.liveOff) params.set("live", "off");
	const query = params.toString();
	return query ? `${path}?${query}` : path;
}
