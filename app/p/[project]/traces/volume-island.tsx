import { Suspense } from "react";
import { orUnavailable } from "@/app/p/[project]/_list/or-unavailable";
import { VolumeChart } from "@/app/p/[project]/traces/volume-chart";
import { chartTraces, type TraceChart } from "@/lib/traces/chart-traces";
import type { Sought } from "@/lib/traces/sought";

const BUCKETS = 60;
/** As high as the chart, so that nothing moves when it comes. */
const HEIGHT = "h-47 shrink-0";

/** Traces over time above the list, which does not wait for it. */
export function VolumeIsland({ sought }: { sought: Sought }) {
	return (
		<Suspense
			fallback={<div aria-hidden className={`${HEIGHT} animate-pulse rounded-lg border border-line bg-surface`} />}
		>
			<Volume chart={orUnavailable(chartTraces({ ...sought, buckets: BUCKETS }))} />
		</Suspense>
	);
}

async function Volume({ chart }: { chart: Promise<TraceChart | null> }) {
	const found = await chart;
	if (found) return <VolumeChart {...found} />;
	return (
		<p className={`${HEIGHT} rounded-lg border border-line bg-surface p-3 text-xs text-warn`}>
			What happened over time could not be read.
		</p>
	);
}
