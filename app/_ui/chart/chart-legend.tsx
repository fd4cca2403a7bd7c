import { type Series, TONES } from "@/app/_ui/chart/series";
import { classNames } from "@/app/_ui/class-names";

interface Props {
	bars?: readonly Series[];
	lines?: readonly Series[];
	/** What stands after a word, for instance its latest value. */
	latestOf?: (series: Series) => string | null;
}

/** What each colour of a chart is. */
export function ChartLegend({ bars = [], lines = [], latestOf }: Props) {
	return (
		<ul className="flex flex-wrap gap-x-4 gap-y-1 text-2xs text-muted">
			{[...bars, ...lines].map((series) => (
				<li key={series.key} className="flex items-center gap-1.5">
					<span
						aria-hidden
						className={classNames(
							TONES[series.tone].swatch,
							bars.includes(series) ? "size-2 rounded-xs" : "h-0.5 w-3 rounded-full",
						)}
					/>
					{series.word}
					{latestOf && <strong className="font-semibold text-ink tabular-nums">{latestOf(series)}</strong>}
				</li>
			))}
		</ul>
	);
}
