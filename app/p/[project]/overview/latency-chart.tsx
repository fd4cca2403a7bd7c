import { BucketLinks } from "@/app/_ui/chart/bucket-links";
import { bucketMoment } from "@/app/_ui/chart/bucket-moment";
import { chartNumber } from "@/app/_ui/chart/chart-format";
import { ChartLegend } from "@/app/_ui/chart/chart-legend";
import { NumberTable } from "@/app/_ui/chart/number-table";
import { Plot } from "@/app/_ui/chart/plot";
import type { Series } from "@/app/_ui/chart/series";
import { TimeAxis } from "@/app/_ui/chart/time-axis";
import { Time } from "@/app/_ui/time";
import { listHref, type OverviewChoice } from "@/app/p/[project]/overview/overview-choice";
import { slowerThan } from "@/app/p/[project]/overview/overview-filters";
import { PanelAway, PanelEmpty } from "@/app/p/[project]/overview/panel-words";
import type { Traffic } from "@/lib/overview/read-traffic";

interface Props {
	segment: string;
	choice: OverviewChoice;
	/** Null while the store is away. */
	traffic: Promise<Traffic | null>;
}

/** How long root spans took, over time; a bucket leads to the slowest tenth of it. */
export async function LatencyChart({ segment, choice, traffic }: Props) {
	const read = await traffic;
	if (!read) return <PanelAway store="ClickHouse" what="how long traces took is" />;
	const { points, bucketMs, total } = read;
	if (total.p50Ms === null) return <PanelEmpty>No trace of this time tells how long it took.</PanelEmpty>;
	const lines: Series[] = [
		{ key: "p99", word: "p99", tone: "fail", isDashed: true, values: points.map(({ p99Ms }) => p99Ms) },
		{ key: "p90", word: "p90", tone: "info", values: points.map(({ p90Ms }) => p90Ms) },
		{ key: "p50", word: "median", tone: "accent", values: points.map(({ p50Ms }) => p50Ms) },
	];
	const totals: Record<string, number | null> = { p50: total.p50Ms, p90: total.p90Ms, p99: total.p99Ms };
	const buckets = points.map(({ startMs, p50Ms, p90Ms, p99Ms }) => ({
		startMs,
		words: `${bucketMoment(startMs)}: median ${chartNumber(p50Ms, "ms")}, p90 ${chartNumber(p90Ms, "ms")}, p99 ${chartNumber(p99Ms, "ms")}`,
		href:
			p90Ms === null
				? undefined
				: listHref(segment, choice, {
						filter: slowerThan(p90Ms),
						part: { fromMs: startMs, toMs: startMs + bucketMs },
					}),
	}));
	return (
		<>
			<div className="flex flex-1 flex-col gap-3 px-3 pt-2 pb-3">
				<ChartLegend lines={lines.toReversed()} latestOf={({ key }) => chartNumber(totals[key] ?? null, "ms")} />
				<Plot
					label="How long traces took over time: median, 90th and 99th percentile. The table below has the numbers."
					unit="ms"
					lines={lines}
					below={
						<TimeAxis
							from={<Time epochMs={choice.window.fromMs} short />}
							to={<Time epochMs={choice.window.toMs} short />}
						/>
					}
					heightClass="h-32"
				>
					<BucketLinks buckets={buckets} />
				</Plot>
			</div>
			<NumberTable
				caption="Durations over time"
				buckets={buckets}
				columns={lines.toReversed().map((line) => ({ ...line, unit: "ms" }))}
				filledOnly
			/>
		</>
	);
}
