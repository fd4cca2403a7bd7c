import { X } from "lucide-react";
import { clipText } from "@/app/_ui/clip-text";
import { ListLink } from "@/app/p/[project]/_list/list-link";
import { filterParts } from "@/app/p/[project]/_list/refine-filter";
import { fromTheStart, type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";
import type { FilterTree } from "@/lib/filter/filter";

const PART_CHARS = 80;

interface Props {
	path: string;
	search: TraceSearch;
	/** Null when it cannot be read. */
	filter: FilterTree | null;
}

/** What the list is narrowed by, each with a way to take it off. */
export function ActiveFilters({ path, search, filter }: Props) {
	const start = fromTheStart(search);
	const parts = filter && search.filter !== "" ? filterParts(filter) : [];
	const count = parts.length + (search.text === "" ? 0 : 1);
	if (count === 0) return null;
	return (
		<ul aria-label="Active filters" className="flex flex-wrap items-center gap-1.5">
			{parts.map(({ text, without }) => (
				<li key={text}>
					<Part text={text} href={traceSearchHref(path, { ...start, filter: without })} isCode />
				</li>
			))}
			{search.text !== "" && (
				<li>
					<Part text={`“${search.text}”`} href={traceSearchHref(path, { ...start, text: "" })} />
				</li>
			)}
			{count > 1 && (
				<li>
					<ListLink
						href={traceSearchHref(path, { ...start, text: "", filter: "" })}
						className="text-xs text-muted underline underline-offset-2 hover:text-ink"
					>
						Clear all
					</ListLink>
				</li>
			)}
		</ul>
	);
}

function Part({ text, href, isCode }: { text: string; href: string; isCode?: boolean }) {
	return (
		<ListLink
			href={href}
			title={clipText(text, 500).shown}
			aria-label={`Remove ${clipText(text, PART_CHARS).shown}`}
			className="inline-flex h-6 max-w-96 items-center gap-1 rounded-md bg-accent-soft pr-1 pl-2 text-xs text-accent-ink hover:underline"
		>
			<span className={isCode ? "truncate font-mono text-2xs" : "truncate"}>{clipText(text, PART_CHARS).shown}</span>
			<X aria-hidden className="size-3.5 shrink-0" />
		</ListLink>
	);
}
