"use client";

import { CircleAlert } from "lucide-react";
import Link from "next/link";
import { Chip } from "@/app/_ui/chip";
import { classNames } from "@/app/_ui/class-names";
import type { DataColumn } from "@/app/_ui/data-table/data-column";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { CostCell } from "@/app/p/[project]/_list/cost-cell";
import { HitText } from "@/app/p/[project]/_list/hit-text";
import { oneFact } from "@/app/p/[project]/_list/one-fact";
import { OneLine } from "@/app/p/[project]/_list/one-line";
import { TokensCell } from "@/app/p/[project]/_list/tokens-cell";
import { Unknown } from "@/app/p/[project]/_list/unknown";
import { ValueList } from "@/app/p/[project]/_list/value-list";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import { RootBadge } from "@/app/p/[project]/traces/[traceId]/trace-badges";
import type { TraceRow } from "@/app/p/[project]/traces/trace-row";
import { usageWords } from "@/app/p/[project]/traces/usage-words";
import { VerdictChips } from "@/app/p/[project]/traces/verdict-chips";

/** Stands before all others while a text is searched: where it was found. */
const HIT_COLUMN: DataColumn<TraceRow> = {
	id: "hit",
	name: "Found",
	width: 300,
	isFixed: true,
	cell: ({ hit }) => <HitText hit={hit} />,
};

// In their usual order.
const COLUMNS: readonly DataColumn<TraceRow>[] = [
	{
		id: "time",
		name: "Start",
		width: 124,
		cell: ({ startMs }) => <Time epochMs={startMs} short />,
		text: ({ startMs }) => new Date(startMs).toISOString(),
	},
	{
		id: "name",
		name: "Trace",
		width: 184,
		isFixed: true,
		onNarrow: "grows",
		cell: (trace) => <TraceName trace={trace} />,
		text: ({ name }) => name,
		facts: ({ rootSpanName }) => [{ field: "name", value: rootSpanName }],
	},
	{
		id: "input",
		name: "Input",
		width: 136,
		grows: true,
		cell: ({ inputPreview }) => <OneLine text={inputPreview} />,
		text: ({ inputPreview }) => inputPreview,
	},
	{
		id: "output",
		name: "Output",
		width: 136,
		grows: true,
		cell: ({ outputPreview }) => <OneLine text={outputPreview} />,
		text: ({ outputPreview }) => outputPreview,
	},
	{
		id: "evals",
		name: "Evaluations",
		width: 128,
		onNarrow: 88,
		cell: ({ key }) => <VerdictChips traceKey={key} />,
	},
	{
		id: "duration",
		name: "Duration",
		width: 84,
		isNumeric: true,
		onNarrow: 76,
		cell: ({ durationNano }) => (durationNano === null ? <Unknown /> : formatDuration(durationNano)),
		text: ({ durationNano }) => (durationNano === null ? null : formatDuration(durationNano)),
	},
	{
		id: "spans",
		name: "Spans",
		width: 72,
		isNumeric: true,
		cell: ({ spanCount, errorCount }) => (
			<span className="inline-flex items-center gap-2 align-middle">
				{errorCount > 0 && (
					<span
						className="inline-flex items-center gap-0.5 text-fail"
						title={`${formatCounted(errorCount, "span")} failed`}
					>
						<CircleAlert aria-hidden className="size-3" />
						{formatCount(errorCount)}
						<span className="sr-only">failed of </span>
					</span>
				)}
				{formatCount(spanCount)}
			</span>
		),
		text: ({ spanCount }) => String(spanCount),
		facts: ({ errorCount }) => (errorCount > 0 ? [{ field: "status", value: "error" }] : []),
	},
	{
		id: "tokens",
		name: "Tokens",
		width: 104,
		isNumeric: true,
		cell: ({ usage }) => <TokensCell usage={usage} />,
		text: ({ usage }) => (usage ? usageWords(usage) : null),
	},
	{
		id: "cost",
		name: "Cost",
		width: 84,
		isNumeric: true,
		cell: ({ costUsd, costSplit, unpricedSpans }) => (
			<CostCell costUsd={costUsd} split={costSplit} unpricedSpans={unpricedSpans} />
		),
		text: ({ costUsd }) => (costUsd === null ? null : formatCost(costUsd)),
	},
	{
		id: "session",
		name: "Session",
		width: 116,
		cell: ({ sessionId }) => <OneLine text={sessionId} />,
		text: ({ sessionId }) => sessionId,
		facts: ({ sessionId }) => oneFact("session", sessionId),
	},
	{
		id: "user",
		name: "User",
		width: 104,
		cell: ({ userId }) => <OneLine text={userId} />,
		text: ({ userId }) => userId,
		facts: ({ userId }) => oneFact("user", userId),
	},
	{
		id: "tags",
		name: "Tags",
		width: 120,
		cell: ({ tags }) => <ValueList values={tags} />,
		text: ({ tags }) => tags.join(", ") || null,
		facts: ({ tags }) => tags.slice(0, 5).map((value) => ({ field: "tags", value })),
	},
	{
		id: "models",
		name: "Models",
		width: 150,
		isOptional: true,
		cell: ({ models }) => <ValueList values={models} />,
		text: ({ models }) => models.join(", ") || null,
		facts: ({ models }) => models.slice(0, 5).map((value) => ({ field: "model", value })),
	},
	{
		id: "environment",
		name: "Environment",
		width: 116,
		isOptional: true,
		cell: ({ environment }) => <OneLine text={environment} />,
		text: ({ environment }) => environment,
		facts: ({ environment }) => oneFact("environment", environment),
	},
	{
		id: "release",
		name: "Release",
		width: 104,
		isOptional: true,
		cell: ({ release }) => <OneLine text={release} />,
		text: ({ release }) => release,
		facts: ({ release }) => oneFact("release", release),
	},
	{
		id: "service",
		name: "Service",
		width: 128,
		isOptional: true,
		cell: ({ service }) => <OneLine text={service} />,
		text: ({ service }) => service,
		facts: ({ service }) => oneFact("service", service),
	},
	{
		id: "metadata",
		name: "Metadata",
		width: 200,
		isOptional: true,
		cell: ({ metadata, metadataCount }) => (
			<ValueList values={metadata.map(([key, value]) => `${key}: ${value}`)} total={metadataCount} />
		),
		text: ({ metadata }) => metadata.map(([key, value]) => `${key}: ${value}`).join("\n") || null,
	},
	{
		id: "ttft",
		name: "First token",
		width: 104,
		isNumeric: true,
		isOptional: true,
		cell: ({ ttftMs }) => (ttftMs === null ? <Unknown /> : formatDuration(ttftNanos(ttftMs))),
		text: ({ ttftMs }) => (ttftMs === null ? null : formatDuration(ttftNanos(ttftMs))),
	},
	{
		id: "id",
		name: "Trace id",
		width: 128,
		isOptional: true,
		cell: ({ traceId }) => <code className="font-mono">{traceId}</code>,
		text: ({ traceId }) => traceId,
		facts: ({ traceId }) => oneFact("trace", traceId),
	},
];

/** What the table of traces can show; `isSearched` puts where the text was found before it. */
export function traceColumns(isSearched: boolean): readonly DataColumn<TraceRow>[] {
	return isSearched ? SEARCHED_COLUMNS : COLUMNS;
}

const SEARCHED_COLUMNS = [HIT_COLUMN, ...COLUMNS];

function TraceName({ trace }: { trace: TraceRow }) {
	const { traceId, name, rootSpanName, rootKind, rootSeen, progress, href, projectName, startMs, hit } = trace;
	return (
		<span className="flex min-w-0 items-center gap-1.5">
			<span className={classNames("shrink-0", !rootSeen && "animate-pulse")}>
				<SpanKindIcon kind={rootKind} />
			</span>
			<span className="flex min-w-0 flex-col">
				<Link
					href={href}
					prefetch={false}
					data-row
					data-trace={traceId}
					title={name === rootSpanName ? name : `${name}\n(${rootSpanName})`}
					className="truncate text-sm font-medium text-ink"
				>
					{name}
				</Link>
				<span className="truncate text-2xs text-faint md:hidden">
					{hit ? <HitText hit={hit} /> : <Time epochMs={startMs} short />}
					{projectName && ` · ${projectName}`}
				</span>
			</span>
			{projectName && (
				<span className="min-w-0 shrink-[2] truncate text-2xs text-faint max-md:hidden">{projectName}</span>
			)}
			{!rootSeen && <RootBadge progress={progress} />}
			{rootSeen && progress === "unfinished" && (
				<Chip tone="warn" title="No span has arrived for a while, and one never told its end">
					unfinished
				</Chip>
			)}
		</span>
	);
}

function ttftNanos(ms: number): bigint {
	return BigInt(Math.max(0, Math.round(ms * 1e6)));
}
