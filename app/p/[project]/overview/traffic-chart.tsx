import { bucketMoment } from "@/app/_ui/chart/bucket-moment";
import type { Series } from "@/app/_ui/chart/series";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { listHref, type OverviewChoice } from "@/app/p/[project]/overview/overview-choice";
import { PanelChart } from "@/app/p/[project]/overview/panel-chart";
import { PanelAway, PanelEmpty } from "@/app/p/[project]/overview/panel-words";
import type { Traffic } from "@/lib/overview/read-traffic";

interface Props {
	segment: string;
	choice: OverviewChoice;
	/** Null while the store is away. */
	traffic: Promise<Traffic | null>;
}

/** Traces over time, those that failed on top. */
export async function TrafficChart({ segment, choice, traffic }: Props) {
	const read = await traffic;
	if (!read) return <PanelAway store="ClickHouse" what="how many traces there were is" />;
	const { points, bucketMs, total } = read;
	if (total.traces === 0) return <PanelEmpty>No trace started in this time.</PanelEmpty>;
	const ok: Series = {
		key: "ok",
		word: "ended well",
		tone: "accent",
		values: points.map((point) => point.traces - point.failed),
	};
	const failed: Series = { key: "failed", word: "failed", tone: "fail", values: points.map((point) => point.failed) };
	const buckets = points.map(({ startMs, traces, failed }) => ({
		startMs,
		words: `${bucketMoment(startMs)}: ${formatCounted(traces, "trace")}, ${formatCount(failed)} failed`,
		href: listHref(segment, choice, { part: { fromMs: startMs, toMs: startMs + bucketMs } }),
	}));
	return (
		<PanelChart
			window={choice.window}
			caption="Traces over time"
			label="Traces over time, and those that failed. The table below has the numbers."
			unit="count"
			bars={[ok, failed]}
			buckets={buckets}
			columns={[
				{ key: "traces", word: "traces", unit: "count", values: points.map(({ traces }) => traces) },
				{ ...failed, unit: "count" },
			]}
		/>
	);
}
