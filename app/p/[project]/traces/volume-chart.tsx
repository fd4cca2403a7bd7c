"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState, useTransition } from "react";
import { ChartLegend } from "@/app/_ui/chart/chart-legend";
import { NumberTable } from "@/app/_ui/chart/number-table";
import { Plot } from "@/app/_ui/chart/plot";
import type { Series } from "@/app/_ui/chart/series";
import { TimeAxis } from "@/app/_ui/chart/time-axis";
import { classNames } from "@/app/_ui/class-names";
import { Time } from "@/app/_ui/time";
import { BucketPicker } from "@/app/p/[project]/traces/bucket-picker";
import { VolumeReadout } from "@/app/p/[project]/traces/volume-readout";
import { windowHref, windowOf } from "@/app/p/[project]/traces/volume-window";
import type { ChartPoint } from "@/lib/traces/chart-traces";

interface Props {
	/** Oldest first, without gaps. */
	points: readonly ChartPoint[];
	bucketMs: number;
	/** The window that was asked for; the first and last bucket may reach beyond it. */
	fromMs: number;
	toMs: number;
}

const DESCRIBED = "Drag over it, or use the sliders after it, to choose a period.";

/** Traces over time, with what they cost and how long they took; a choice of buckets becomes the window of the page. */
export function VolumeChart({ points, bucketMs, fromMs, toMs }: Props) {
	const router = useRouter();
	const path = usePathname();
	const search = useSearchParams();
	const [pending, startTransition] = useTransition();
	const [hovered, setHovered] = useState<number | null>(null);
	const [chosen, setChosen] = useState<readonly [number, number] | null>(null);

	const ok: Series = {
		key: "ok",
		word: "traces",
		tone: "accent",
		values: points.map(({ traces, errors }) => Math.max(0, traces - errors)),
	};
	const errors: Series = { key: "errors", word: "with errors", tone: "fail", values: points.map((p) => p.errors) };
	const p50: Series = { key: "p50", word: "p50", tone: "muted", values: points.map((point) => point.p50Ms) };
	const p95: Series = { key: "p95", word: "p95", tone: "info", values: points.map((point) => point.p95Ms) };
	const cost: Series = { key: "cost", word: "cost", tone: "pass", values: points.map((point) => point.costUsd) };
	const picker = {
		points,
		bucketMs,
		hovered,
		chosen,
		onHover: setHovered,
		onChoose: setChosen,
		onDone([first, last]: readonly [number, number]) {
			const href = windowHref(path, search, windowOf(points, bucketMs, { first, last }, { fromMs, toMs }));
			startTransition(() => router.push(href, { scroll: false }));
		},
	};

	return (
		<section
			aria-label="Traces over time"
			aria-busy={pending}
			className="overflow-hidden rounded-lg border border-line bg-surface"
		>
			<VolumeReadout points={points} bucketMs={bucketMs} hovered={hovered} chosen={chosen} />
			<div
				className={classNames(
					"grid gap-x-6 px-3 pb-2 transition-opacity md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]",
					pending && "opacity-50",
				)}
			>
				<div>
					<ChartLegend bars={[ok, errors]} />
					<Plot
						label={`Traces over time. ${DESCRIBED}`}
						unit="count"
						bars={[ok, errors]}
						below={<TimeAxis from={<Time epochMs={fromMs} short />} to={<Time epochMs={toMs} short />} />}
						heightClass="mt-2 h-16"
					>
						<BucketPicker {...picker} />
					</Plot>
				</div>
				<div className="max-md:hidden">
					<ChartLegend lines={[p50, p95]} />
					<Plot
						label="Duration of traces: median and 95th percentile"
						unit="ms"
						lines={[p50, p95]}
						heightClass="mt-2 h-16"
					>
						<BucketPicker {...picker} isPointerOnly />
					</Plot>
				</div>
				<div className="max-md:hidden">
					<ChartLegend lines={[cost]} />
					<Plot label="Cost of traces" unit="usd" lines={[cost]} heightClass="mt-2 h-16">
						<BucketPicker {...picker} isPointerOnly />
					</Plot>
				</div>
			</div>
			<NumberTable
				caption="Traces over time"
				buckets={points.map((point, index) => ({
					startMs: point.startMs,
					words: "",
					href: windowHref(path, search, windowOf(points, bucketMs, { first: index, last: index }, { fromMs, toMs })),
				}))}
				columns={[
					{ key: "traces", word: "traces", unit: "count", values: points.map(({ traces }) => traces) },
					{ ...errors, unit: "count" },
					{ ...p50, unit: "ms" },
					{ ...p95, unit: "ms" },
					{ ...cost, unit: "usd" },
				]}
				filledOnly
			/>
		</section>
	);
}
