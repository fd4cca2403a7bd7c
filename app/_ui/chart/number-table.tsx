import Link from "next/link";
import type { Bucket } from "@/app/_ui/chart/bucket-links";
import { type ChartUnit, chartNumber } from "@/app/_ui/chart/chart-format";
import type { Series } from "@/app/_ui/chart/series";
import { classNames } from "@/app/_ui/class-names";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { Cell, HeadCell } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";

export interface NumberColumn extends Pick<Series, "key" | "word" | "values"> {
	unit: ChartUnit;
}

interface Props {
	/** Says what the numbers are. */
	caption: string;
	buckets: readonly Bucket[];
	columns: readonly NumberColumn[];
	/** Buckets are days, UTC. */
	isDaily?: boolean;
	/** Leaves out the buckets in which every count is zero or not known. */
	filledOnly?: boolean;
}

/** The numbers of a chart, newest first, folded away below it. */
export function NumberTable({ caption, buckets, columns, isDaily, filledOnly }: Props) {
	const rows = buckets
		.map((bucket, index) => ({ ...bucket, numbers: columns.map(({ values }) => values[index] ?? null) }))
		.filter(({ numbers }) => !filledOnly || numbers.some((number) => number !== null && number !== 0))
		.reverse();
	return (
		<Fold
			className="border-t border-line"
			summaryClassName={classNames("bg-sunken px-3 py-2", CONTINUATION)}
			summary="The numbers as a table"
		>
			<section
				aria-label={caption}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
				tabIndex={0}
				className="relative max-h-80 overflow-auto border-t border-line focus-visible:-outline-offset-2"
			>
				<table className="w-full border-collapse text-left text-xs">
					<caption className="sr-only">{caption}, newest first</caption>
					<thead>
						<tr>
							<HeadCell className="sticky top-0">{isDaily ? "Day" : "From"}</HeadCell>
							{columns.map(({ key, word }) => (
								<HeadCell key={key} className="sticky top-0 text-right first-letter:uppercase">
									{word}
								</HeadCell>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map(({ startMs, href, numbers }) => (
							<tr key={startMs} className="hover:bg-hover">
								<Cell className="py-1 text-muted">
									<MaybeLink href={href}>{isDaily ? dayText(startMs) : <Time epochMs={startMs} short />}</MaybeLink>
								</Cell>
								{columns.map(({ key, unit }, index) => (
									<Cell key={key} className={classNames("py-1 text-right", !numbers[index] && "text-faint")}>
										{chartNumber(numbers[index] ?? null, unit)}
									</Cell>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</Fold>
	);
}

function MaybeLink({ href, children }: { href: string | undefined; children: React.ReactNode }) {
	if (!href) return children;
	return (
		<Link href={href} prefetch={false} className="text-accent-ink hover:underline">
			{children}
		</Link>
	);
}

/** `2025-01-15` */
export function dayText(epochMs: number): string {
	return new Date(epochMs).toISOString().slice(0, 10);
}
