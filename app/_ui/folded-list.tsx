import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { formatCount, formatCounted } from "@/app/_ui/format-number";

const ENDS_SHOWN = 20;
/** Beyond this a page would grow without bound. */
const FOLDED_MAX = 1_000;

interface Props<Item> {
	items: readonly Item[];
	/** Singular. */
	noun: string;
	/** Each result becomes a list item. */
	render: (item: Item, index: number) => ReactNode;
	className?: string;
	/** How many stay in sight at either end. */
	ends?: number;
}

/** A list whose middle folds when it is long; works without JavaScript. */
export function FoldedList<Item>({ items, noun, render, className, ends = ENDS_SHOWN }: Props<Item>) {
	const rows = (from: number, to: number) => (
		<ol className={className} start={from + 1}>
			{items.slice(from, to).map((item, offset) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: such items have no identity but their place
				<li key={from + offset} className="min-w-0">
					{render(item, from + offset)}
				</li>
			))}
		</ol>
	);
	if (items.length <= 2 * ends + 1) return rows(0, items.length);
	const tail = items.length - ends;
	const foldedEnd = Math.min(tail, ends + FOLDED_MAX);
	return (
		<>
			{rows(0, ends)}
			<Fold
				className="border-y border-line"
				summaryClassName={classNames("bg-sunken px-3 py-2", CONTINUATION)}
				summary={`${formatCounted(tail - ends, noun)} between`}
			>
				{rows(ends, foldedEnd)}
				{foldedEnd < tail && (
					<p className="border-t border-line px-3 py-2 text-xs text-muted">
						{formatCount(tail - foldedEnd)} more are not listed here; the attributes of the span have them.
					</p>
				)}
			</Fold>
			{rows(tail, items.length)}
		</>
	);
}
