import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";

interface Props {
	path: string;
	search: TraceSearch;
	previous: string | null;
	next: string | null;
}

/** Newer and older pages. Going newer past the newest ends on the first page, so that fresh traces come into view. */
export function Pager({ path, search, previous, next }: Props) {
	if (!previous && !next && !search.cursor) return null;
	const { text, filter } = search;
	return (
		<nav aria-label="Pages" className="mt-3 flex items-center justify-between gap-2">
			{search.cursor ? (
				<Link
					href={traceSearchHref(path, { text, filter })}
					prefetch={false}
					className={buttonClass({ variant: "ghost" })}
				>
					Newest
				</Link>
			) : (
				<span />
			)}
			<span className="flex gap-2">
				{previous && (
					<Link
						href={traceSearchHref(path, { text, filter, cursor: previous })}
						prefetch={false}
						rel="prev"
						className={buttonClass()}
					>
						<ChevronLeft aria-hidden className="size-4" />
						Newer
					</Link>
				)}
				{next && (
					<Link
						href={traceSearchHref(path, { text, filter, cursor: next })}
						prefetch={false}
						rel="next"
						className={buttonClass()}
					>
						Older
						<ChevronRight aria-hidden className="size-4" />
					</Link>
				)}
			</span>
		</nav>
	);
}
