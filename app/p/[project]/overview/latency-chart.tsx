import { bucketMoment } from "@/app/_ui/chart/bucket-moment";
import { chartNumber } from "@/app/_ui/chart/chart-format";
import type { Series } from "@/app/_ui/chart/series";
import { listHref, type OverviewChoice } from "@/app/p/[project]/overview/overview-choice";
import { slowerThan } from "@/app/p/[project]/overview/overview-filters";
import { PanelChart } from "@/app/p/[project]/overview/panel-chart";
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
		{ key: "p50", word: "median", tone: "accent", values: points.map(({ p50Ms }) => p50Ms) },
		{ key: "p90", word: "p90", tone: "info", values: points.map(({ p90Ms }) => p90Ms) },
		{ key: "p99", word: "p99", tone: "fail", isDashed: true, values: points.map(({ p99Ms }) => p99Ms) },
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
		<PanelChart
			window={choice.window}
			caption="Durations over time"
			label="How long traces took over time: median, 90th and 99th percentile. The table below has the numbers."
			unit="ms"
			lines={lines}
			totalOf={({ key }) => chartNumber(totals[key] ?? null, "ms")}
			buckets={buckets}
		/>
	);
}
