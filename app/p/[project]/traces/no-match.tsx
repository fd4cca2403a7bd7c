import { SearchX } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";

/** Traces were looked for and none fits: not the same as having none. */
export function NoMatch({ path, text, isFiltered }: { path: string; text: string; isFiltered: boolean }) {
	const isSought = text !== "" || isFiltered;
	return (
		<EmptyState
			icon={<SearchX />}
			title={isSought ? "No trace matches" : "No traces on this page"}
			text={
				text ? (
					<>
						Nothing contains <strong className="font-medium break-words text-ink">“{text}”</strong> in a span’s name,
						input or output, and no trace has it as its id{isFiltered && ", where a span fits the filter"}.
					</>
				) : isFiltered ? (
					"No trace has a span that fits the filter."
				) : (
					"The traces that were here are gone or have moved to another page."
				)
			}
		>
			<Link href={path} className={buttonClass()}>
				{isSought ? "Clear the filter" : "Newest traces"}
			</Link>
		</EmptyState>
	);
}
