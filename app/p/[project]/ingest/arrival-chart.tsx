import { BucketLinks } from "@/app/_ui/chart/bucket-links";
import { bucketMoment } from "@/app/_ui/chart/bucket-moment";
import { ChartLegend } from "@/app/_ui/chart/chart-legend";
import { NumberTable } from "@/app/_ui/chart/number-table";
import { Plot } from "@/app/_ui/chart/plot";
import type { Series } from "@/app/_ui/chart/series";
import { TimeAxis } from "@/app/_ui/chart/time-axis";
import { formatCounted } from "@/app/_ui/format-number";
import { SectionFrame } from "@/app/_ui/section-frame";
import { Time } from "@/app/_ui/time";
import { type ArrivalBar, OUTCOMES } from "@/app/p/[project]/ingest/arrival-bars";
import { equationWords, OUTCOME_WORDS } from "@/app/p/[project]/ingest/arrival-words";
import type { TimeRange } from "@/app/p/[project]/ingest/time-range";

/** When the spans of a period arrived and what became of them: bars to look at, and the same as a table to read. */
export function ArrivalChart({ bars, range }: { bars: readonly ArrivalBar[]; range: TimeRange }) {
	const each = range.barMinutes === 1 ? "minute" : barLength(range.barMinutes);
	const shown = bars.some((bar) => bar.missing > 0) ? [...OUTCOMES, "missing" as const] : OUTCOMES;
	const series = shown.map((outcome): Series => {
		const { word, tone } = OUTCOME_WORDS[outcome];
		return { key: outcome, word, tone, values: bars.map((bar) => bar[outcome]) };
	});
	const buckets = bars.map((bar) => ({
		startMs: bar.fromMs,
		words: `${bucketMoment(bar.fromMs)}: ${equationWords(bar, bar.missing)}`,
	}));
	const received = { key: "received", word: "received", values: bars.map((bar) => bar.received) };
	const most = Math.max(0, ...received.values);
	return (
		<SectionFrame title="Arrivals" note={`spans per ${each}, by the minute they arrived`}>
			<div className="flex flex-col gap-3 px-3 pt-2 pb-3">
				<ChartLegend bars={series} />
				<Plot
					label={`Spans per ${each}, at most ${formatCounted(most, "span")}. The table below has the numbers.`}
					unit="count"
					bars={series}
					below={<TimeAxis from={<Time epochMs={bars[0]?.fromMs ?? 0} short />} to="now" />}
					heightClass="h-28"
				>
					<BucketLinks buckets={buckets} />
				</Plot>
			</div>
			<NumberTable
				caption="Arrivals"
				buckets={buckets}
				columns={[received, ...series].map((column) => ({ ...column, unit: "count" }))}
				filledOnly
			/>
		</SectionFrame>
	);
}

function barLength(minutes: number): string {
	return minutes < 60 ? `${minutes} minutes` : formatCounted(minutes / 60, "hour");
}
