import { type RangeName, readRange } from "@/app/p/[project]/_list/time-range";

/** What the address of a list says. */
export interface TraceSearch {
	text: string;
	/** A filter as it was typed; it may be none that can be read. */
	filter: string;
	/** Null on the first page. */
	cursor: string | null;
	/** The reader turned refreshing off. */
	liveOff: boolean;
	/** A usual span of time up to now; null when there is none, or `from` or `to` say another. */
	range: RangeName | null;
	/** Milliseconds since the epoch, `to` apart; null where the time is open. */
	from: number | null;
	to: number | null;
	/** Columns in order, as `readLayout` reads them; null for the reader's usual ones. */
	columns: string | null;
	/** The trace that is open over the list, and the span of it. */
	peek: string | null;
	span: string | null;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

export type RawSearchParams = Record<string, string | string[] | undefined>;

export function parseTraceSearch(raw: RawSearchParams): TraceSearch {
	const [from, to] = [moment(raw.from), moment(raw.to)];
	return {
		text: first(raw.q).trim(),
		filter: first(raw.filter).trim(),
		cursor: first(raw.cursor) || null,
		liveOff: first(raw.live) === "off",
		range: from === null && to === null ? readRange(first(raw.range)) : null,
		from,
		to,
		columns: first(raw.cols) || null,
		peek: first(raw.peek) || null,
		span: first(raw.span) || null,
	};
}

export function first(value: string | string[] | undefined): string {
	return (Array.isArray(value) ? value[0] : value) ?? "";
}

/** The address of a list, without what is as by default. */
export function traceSearchHref(path: string, search: Partial<TraceSearch>): string {
	const params = new URLSearchParams();
	for (const [name, value] of searchEntries(search)) params.set(name, value);
	const query = params.toString();
	return query ? `${path}?${query}` : path;
}

/** The parameters of an address, for a form's hidden fields: what is as by default has none. */
export function searchEntries(search: Partial<TraceSearch>): [name: string, value: string][] {
	const { text, filter, cursor, liveOff, range, from, to, columns, peek, span } = search;
	const entries: [string, string | false | null | undefined][] = [
		["q", text],
		["filter", filter],
		["range", range],
		["from", from != null && new Date(from).toISOString()],
		["to", to != null && new Date(to).toISOString()],
		["cols", columns],
		["cursor", cursor],
		["live", liveOff && "off"],
		["peek", peek],
		["span", peek ? span : null],
	];
	return entries.filter((entry): entry is [string, string] => Boolean(entry[1]));
}

/** The search without its place: the first page, nothing open over it. */
export function fromTheStart(search: TraceSearch): TraceSearch {
	return { ...search, cursor: null, peek: null, span: null };
}

/** Whether anything is looked for, beyond a time. */
export function isSought({ text, filter, cursor }: TraceSearch): boolean {
	return text !== "" || filter !== "" || cursor !== null;
}

function moment(value: string | string[] | undefined): number | null {
	const text = first(value);
	const epochMs = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
	// What ClickHouse's nanoseconds can hold.
	return Number.isNaN(epochMs) || epochMs < 0 || epochMs > 9_000_000_000_000 ? null : epochMs;
}
