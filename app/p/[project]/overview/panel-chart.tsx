import { type Bucket, BucketLinks } from "@/app/_ui/chart/bucket-links";
import type { ChartUnit } from "@/app/_ui/chart/chart-format";
import { ChartLegend } from "@/app/_ui/chart/chart-legend";
import { type NumberColumn, NumberTable } from "@/app/_ui/chart/number-table";
import { Plot } from "@/app/_ui/chart/plot";
import type { Series } from "@/app/_ui/chart/series";
import { TimeAxis } from "@/app/_ui/chart/time-axis";
import { Time } from "@/app/_ui/time";
import type { OverviewWindow } from "@/lib/overview/overview-window";

interface Props {
	window: OverviewWindow;
	/** Of the table. */
	caption: string;
	/** Of the plot, for whoever cannot see it. */
	label: string;
	unit: ChartUnit;
	bars?: readonly Series[];
	lines?: readonly Series[];
	/** What stands after a word of the legend. */
	totalOf?: (series: Series) => string;
	buckets: readonly Bucket[];
	/** Of the table; the series themselves if it is absent. */
	columns?: readonly NumberColumn[];
}

/** A panel that is a chart over the page's time: legend, plot, and the same numbers as a table. */
export function PanelChart({ window, caption, label, unit, bars, lines, totalOf, buckets, columns }: Props) {
	const axis = <TimeAxis from={<Time epochMs={window.fromMs} short />} to={<Time epochMs={window.toMs} short />} />;
	const series = [...(bars ?? []), ...(lines ?? [])];
	return (
		<>
			<div className="flex flex-1 flex-col gap-3 px-3 pt-2 pb-3">
				<ChartLegend bars={bars} lines={lines} latestOf={totalOf} />
				{/* What stands first in the legend is drawn last, on top. */}
				<Plot label={label} unit={unit} bars={bars} lines={lines?.toReversed()} below={axis} heightClass="h-32">
					<BucketLinks buckets={buckets} />
				</Plot>
			</div>
			<NumberTable
				caption={caption}
				buckets={buckets}
				columns={columns ?? series.map((line) => ({ ...line, unit }))}
				filledOnly
			/>
		</>
	);
}
