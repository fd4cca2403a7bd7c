import { ChevronLeft, ChevronRight } from "lucide-react";
import { buttonClass } from "@/app/_ui/button";
import { ListLink } from "@/app/p/[project]/_list/list-link";
import { fromTheStart, type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";

interface Props {
	path: string;
	search: TraceSearch;
	previous: string | null;
	next: string | null;
	/** Of the newest page, the same beyond it and before it. */
	words?: { first: string; previous: string; next: string };
}

const BY_TIME = { first: "Newest", previous: "Newer", next: "Older" };

/** Newer and older pages. Going newer past the newest ends on the first page, so that fresh rows come into view. */
export function ListPager({ path, search, previous, next, words = BY_TIME }: Props) {
	if (!previous && !next && !search.cursor) return null;
	const start = fromTheStart(search);
	return (
		<nav aria-label="Pages" className="flex shrink-0 items-center justify-between gap-2">
			{search.cursor ? (
				<ListLink href={traceSearchHref(path, start)} className={buttonClass({ variant: "ghost", size: "sm" })}>
					{words.first}
				</ListLink>
			) : (
				<span />
			)}
			<span className="flex gap-2">
				{previous && (
					<ListLink
						href={traceSearchHref(path, { ...start, cursor: previous })}
						rel="prev"
						className={buttonClass({ size: "sm" })}
					>
						<ChevronLeft aria-hidden className="size-4" />
						{words.previous}
					</ListLink>
				)}
				{next && (
					<ListLink
						href={traceSearchHref(path, { ...start, cursor: next })}
						rel="next"
						className={buttonClass({ size: "sm" })}
					>
						{words.next}
						<ChevronRight aria-hidden className="size-4" />
					</ListLink>
				)}
			</span>
		</nav>
	);
}
