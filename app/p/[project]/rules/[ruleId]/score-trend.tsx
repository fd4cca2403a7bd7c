import { BucketLinks } from "@/app/_ui/chart/bucket-links";
import { chartNumber } from "@/app/_ui/chart/chart-format";
import { ChartLegend } from "@/app/_ui/chart/chart-legend";
import { dayText, NumberTable } from "@/app/_ui/chart/number-table";
import { Plot } from "@/app/_ui/chart/plot";
import type { Series } from "@/app/_ui/chart/series";
import { TimeAxis } from "@/app/_ui/chart/time-axis";
import { formatCount } from "@/app/_ui/format-number";
import { formatShare } from "@/app/_ui/format-share";
import { SectionFrame } from "@/app/_ui/section-frame";
import type { RuleReport } from "@/lib/evaluations/read-rule-report";

type Day = RuleReport["trend"][number];

/** How good it was over the last days: a line to look at, and the same as a table to read. */
export function ScoreTrend({ trend }: { trend: RuleReport["trend"] }) {
	const mean: Series = { key: "mean", word: "mean score", tone: "accent", values: trend.map((day) => day.mean) };
	const passed: Series = {
		key: "passed",
		word: "share that passed",
		tone: "pass",
		isDashed: true,
		values: trend.map((day) => day.passRate),
	};
	const judged = { key: "judged", word: "judged", values: trend.map((day) => day.count) };
	const buckets = trend.map((day) => ({ startMs: day.day.getTime(), words: dayWords(day) }));
	const last = trend.findLastIndex((day) => day.count > 0);
	return (
		<SectionFrame title="Score" note={`the last ${trend.length} days, by the day they were judged (UTC)`}>
			{last === -1 ? (
				<p className="p-3 text-sm text-muted">Nothing was judged in these days.</p>
			) : (
				<div className="flex flex-col gap-3 px-3 pt-2 pb-3">
					<ChartLegend lines={[mean, passed]} latestOf={({ values }) => chartNumber(values[last] ?? null, "score")} />
					<Plot
						label="Mean score and share that passed, day by day. The table below has the numbers."
						unit="score"
						lines={[passed, mean]}
						top={1}
						below={<TimeAxis from={dayText(buckets[0]?.startMs ?? 0)} to="today" />}
						heightClass="h-32"
					>
						<BucketLinks buckets={buckets} />
					</Plot>
				</div>
			)}
			<NumberTable
				caption="Scores by day; a mean is within 0 and 1, whatever the range"
				buckets={buckets}
				columns={[
					{ ...mean, word: "mean", unit: "score" },
					{ ...passed, word: "passed", unit: "share" },
					{ ...judged, unit: "count" },
				]}
				isDaily
			/>
		</SectionFrame>
	);
}

function dayWords({ day, mean, passRate, count }: Day): string {
	if (count === 0) return `${dayText(day.getTime())}: nothing was judged`;
	const score = mean === null ? "mean not known" : `mean ${chartNumber(mean, "score")}`;
	const passed = passRate === null ? "" : `, ${formatShare(passRate)} passed`;
	return `${dayText(day.getTime())}: ${score}${passed}, ${formatCount(count)} judged`;
}
