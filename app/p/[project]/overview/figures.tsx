import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { chartNumber } from "@/app/_ui/chart/chart-format";
import { classNames } from "@/app/_ui/class-names";
import { formatCount } from "@/app/_ui/format-number";
import { Skeleton, SkeletonNote } from "@/app/_ui/skeleton";
import { listHref, type OverviewChoice } from "@/app/p/[project]/overview/overview-choice";
import { FAILED, MODEL_CALLS, slowerThan } from "@/app/p/[project]/overview/overview-filters";
import type { ModelSpend } from "@/lib/overview/list-model-spend";
import type { Traffic } from "@/lib/overview/read-traffic";

interface Props {
	segment: string;
	choice: OverviewChoice;
	/** Null while the store is away. */
	traffic: Promise<Traffic | null>;
	spend: Promise<ModelSpend | null>;
}

/** The numbers of the window in large; each leads to what it counted. */
export function Figures({ traffic, spend, ...place }: Props) {
	return (
		<dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 xl:grid-cols-6">
			<Suspense fallback={<Waiting count={4} />}>
				<TrafficFigures traffic={traffic} {...place} />
			</Suspense>
			<Suspense fallback={<Waiting count={2} />}>
				<SpendFigures spend={spend} {...place} />
			</Suspense>
		</dl>
	);
}

async function TrafficFigures({ segment, choice, traffic }: Omit<Props, "spend">) {
	const total = (await traffic)?.total ?? null;
	const share = total && total.traces > 0 ? total.failed / total.traces : null;
	const latency = (word: string, ms: number | null) => (
		<Figure
			name={`${word} duration`}
			value={chartNumber(ms, "ms")}
			href={ms === null ? null : listHref(segment, choice, { filter: slowerThan(ms) })}
		/>
	);
	return (
		<>
			<Figure
				name="Traces"
				value={total && formatCount(total.traces)}
				note={total && total.traces > 0 ? "by their root span" : undefined}
				href={total && listHref(segment, choice)}
			/>
			<Figure
				name="Failed"
				value={chartNumber(share, "share")}
				tone={total && total.failed > 0 ? "fail" : undefined}
				note={total && total.traces > 0 ? `${formatCount(total.failed)} of ${formatCount(total.traces)}` : undefined}
				href={total && listHref(segment, choice, { filter: FAILED })}
			/>
			{latency("Median", total?.p50Ms ?? null)}
			{latency("p99", total?.p99Ms ?? null)}
		</>
	);
}

async function SpendFigures({ segment, choice, spend }: Omit<Props, "traffic">) {
	const total = (await spend)?.total ?? null;
	const tokens = total && (total.inputTokens ?? total.outputTokens) !== null;
	const href = total && listHref(segment, choice, { filter: MODEL_CALLS });
	return (
		<>
			<Figure
				name="Cost"
				value={chartNumber(total?.costUsd ?? null, "usd")}
				note={total && total.unpriced > 0 ? `without ${formatCount(total.unpriced)} unpriced calls` : undefined}
				href={href}
			/>
			<Figure
				name="Tokens"
				value={tokens ? formatCount((total.inputTokens ?? 0) + (total.outputTokens ?? 0)) : "–"}
				note={
					tokens
						? `${chartNumber(total.inputTokens, "count")} in, ${chartNumber(total.outputTokens, "count")} out`
						: undefined
				}
				href={href}
			/>
		</>
	);
}

interface FigureProps {
	name: string;
	/** Null when a store is away. */
	value: string | null;
	note?: string;
	href: string | null;
	tone?: "fail";
}

function Figure({ name, value, note, href, tone }: FigureProps) {
	const isUnknown = value === null || value === "–";
	const number: ReactNode = (
		<span
			title={isUnknown ? "Not known" : undefined}
			className={classNames(
				"text-xl font-semibold tracking-tight text-ink tabular-nums",
				isUnknown && "text-faint",
				tone === "fail" && "text-fail",
			)}
		>
			{value ?? "–"}
		</span>
	);
	return (
		<div className="relative flex min-h-22 flex-col bg-surface px-3 py-2.5 has-[a:hover]:bg-hover">
			<dt className="text-xs text-muted">{name}</dt>
			<dd className="mt-0.5 flex flex-col">
				{href && !isUnknown ? (
					<Link
						href={href}
						prefetch={false}
						className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-accent-ink"
					>
						{number}
					</Link>
				) : (
					number
				)}
				{note && <span className="truncate text-2xs text-faint">{note}</span>}
			</dd>
		</div>
	);
}

function Waiting({ count }: { count: number }) {
	return Array.from({ length: count }, (_, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
		<div key={index} className="flex min-h-22 flex-col gap-2 bg-surface px-3 py-3">
			{index === 0 && <SkeletonNote />}
			<Skeleton className="h-3 w-16" />
			<Skeleton className="h-5 w-24" />
		</div>
	));
}
