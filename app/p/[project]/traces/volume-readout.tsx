import { chartNumber } from "@/app/_ui/chart/chart-format";
import { formatCounted } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import type { ChartPoint } from "@/lib/traces/chart-traces";

interface Props {
	points: readonly ChartPoint[];
	bucketMs: number;
	hovered: number | null;
	chosen: readonly [number, number] | null;
}

/** One line above the chart: the bucket under the pointer, what is being chosen, or the whole. */
export function VolumeReadout({ points, bucketMs, hovered, chosen }: Props) {
	const [low, high] = chosen
		? [Math.min(...chosen), Math.max(...chosen)]
		: hovered === null
			? [0, points.length - 1]
			: [hovered, hovered];
	const part = points.slice(low, high + 1);
	const [first, last] = [part[0], part.at(-1)];
	const only = part.length === 1 ? first : undefined;
	const traces = part.reduce((sum, point) => sum + point.traces, 0);
	const errors = part.reduce((sum, point) => sum + point.errors, 0);
	return (
		<p className="flex h-8 items-center gap-x-4 overflow-hidden px-3 text-xs whitespace-nowrap text-muted tabular-nums">
			{first && last && (
				<span className="text-faint">
					<Time epochMs={first.startMs} short /> – <Time epochMs={last.startMs + bucketMs} short />
				</span>
			)}
			<strong className="font-semibold text-ink">{formatCounted(traces, "trace")}</strong>
			<span className={errors > 0 ? "text-fail" : undefined}>{formatCounted(errors, "error")}</span>
			<span>{chartNumber(costOf(part), "usd")}</span>
			{only && (
				<span>
					p50 {chartNumber(only.p50Ms, "ms")}, p95 {chartNumber(only.p95Ms, "ms")}
				</span>
			)}
		</p>
	);
}

/** Null when no cost is known. */
function costOf(points: readonly ChartPoint[]): number | null {
	const known = points.flatMap(({ costUsd }) => (costUsd === null ? [] : [costUsd]));
	return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
}
