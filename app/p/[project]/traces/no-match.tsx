import { SearchX } from "lucide-react";
import { buttonClass } from "@/app/_ui/button";
import { clipText } from "@/app/_ui/clip-text";
import { EmptyState } from "@/app/_ui/empty-state";
import { ListLink } from "@/app/p/[project]/_list/list-link";
import { type RangeName, rangePhrase, widerRange } from "@/app/p/[project]/_list/time-range";
import { fromTheStart, type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";

const SHOWN_CHARS = 200;

interface Props {
	path: string;
	search: TraceSearch;
	/** One of what was looked for: trace, span, session. */
	noun: string;
	/** The range that was read; null for a time of the reader's own. */
	range: RangeName | null;
	isFiltered: boolean;
	now: Date;
}

/** Something was looked for and nothing fits, which is not the same as having none: what it was, and how to look wider. */
export function NoMatch({ path, search, noun, range, isFiltered, now }: Props) {
	const start = fromTheStart(search);
	const isSought = search.text !== "" || isFiltered;
	const wider = widerRange({ range, from: search.from, to: search.to }, now);
	const time = range === null ? "the chosen time" : rangePhrase(range);
	return (
		<EmptyState
			icon={<SearchX />}
			title={isSought ? `No ${noun} matches` : search.cursor ? `No ${noun}s on this page` : `No ${noun}s in ${time}`}
			text={
				<>
					{search.text && (
						<>
							Nothing contains <Quoted text={search.text} /> in a name, input or output, and nothing has it as its trace
							id.{" "}
						</>
					)}
					{isFiltered && (
						<>
							Nothing fits the filter{" "}
							<code className="font-mono text-xs break-words text-ink">
								{clipText(search.filter, SHOWN_CHARS).shown}
							</code>
							.{" "}
						</>
					)}
					{!isSought && search.cursor && "What was here is gone or has moved to another page. "}
					{range === "all" ? "All time was looked through." : `Only ${time} was looked through.`}
				</>
			}
		>
			<div className="flex flex-wrap justify-center gap-2">
				{wider !== null && (
					<ListLink
						href={traceSearchHref(path, { ...start, range: wider, from: null, to: null })}
						className={buttonClass()}
					>
						Look in {rangePhrase(wider)}
					</ListLink>
				)}
				{isSought && (
					<ListLink href={traceSearchHref(path, { ...start, text: "", filter: "" })} className={buttonClass()}>
						Clear the filter
					</ListLink>
				)}
				{search.cursor && (
					<ListLink href={traceSearchHref(path, start)} className={buttonClass()}>
						First page
					</ListLink>
				)}
			</div>
		</EmptyState>
	);
}

function Quoted({ text }: { text: string }) {
	return <strong className="font-medium break-words text-ink">“{clipText(text, SHOWN_CHARS).shown}”</strong>;
}
