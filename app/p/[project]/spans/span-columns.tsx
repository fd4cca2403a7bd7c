"use client";

import Link from "next/link";
import type { DataColumn } from "@/app/_ui/data-table/data-column";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { Time } from "@/app/_ui/time";
import { CostCell } from "@/app/p/[project]/_list/cost-cell";
import { HitText } from "@/app/p/[project]/_list/hit-text";
import { oneFact } from "@/app/p/[project]/_list/one-fact";
import { OneLine } from "@/app/p/[project]/_list/one-line";
import { TokensCell } from "@/app/p/[project]/_list/tokens-cell";
import { Unknown } from "@/app/p/[project]/_list/unknown";
import { ValueList } from "@/app/p/[project]/_list/value-list";
import type { SpanRow } from "@/app/p/[project]/spans/span-row";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import { usageWords } from "@/app/p/[project]/traces/usage-words";
import type { CostSplit } from "@/lib/traces/cost-split";

const HIT_COLUMN: DataColumn<SpanRow> = {
	id: "hit",
	name: "Found",
	width: 300,
	isFixed: true,
	cell: ({ hit }) => <HitText hit={hit} />,
};

// In their usual order.
const COLUMNS: readonly DataColumn<SpanRow>[] = [
	{
		id: "time",
		name: "Start",
		width: 124,
		cell: ({ listedAtMs }) => <Time epochMs={listedAtMs} short />,
		text: ({ listedAtMs }) => new Date(listedAtMs).toISOString(),
	},
	{
		id: "name",
		name: "Span",
		width: 208,
		isFixed: true,
		onNarrow: "grows",
		cell: (span) => <SpanName span={span} />,
		text: ({ name }) => name,
		facts: ({ name, kind }) => [
			{ field: "name", value: name },
			{ field: "kind", value: kind },
		],
	},
	{
		id: "input",
		name: "Input",
		width: 160,
		grows: true,
		cell: ({ inputPreview }) => <OneLine text={inputPreview} />,
		text: ({ inputPreview }) => inputPreview,
	},
	{
		id: "output",
		name: "Output",
		width: 160,
		grows: true,
		cell: ({ outputPreview }) => <OneLine text={outputPreview} />,
		text: ({ outputPreview }) => outputPreview,
	},
	{
		id: "model",
		name: "Model",
		width: 136,
		cell: ({ model }) => <OneLine text={model} />,
		text: ({ model }) => model,
		facts: ({ model }) => oneFact("model", model),
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
		cell: ({ costUsd, costInput, costOutput }) => <CostCell costUsd={costUsd} split={splitOf(costInput, costOutput)} />,
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
		isOptional: true,
		cell: ({ tags }) => <ValueList values={tags} />,
		text: ({ tags }) => tags.join(", ") || null,
		facts: ({ tags }) => tags.slice(0, 5).map((value) => ({ field: "tags", value })),
	},
	{
		id: "provider",
		name: "Provider",
		width: 104,
		isOptional: true,
		cell: ({ provider }) => <OneLine text={provider} />,
		text: ({ provider }) => provider,
		facts: ({ provider }) => oneFact("provider", provider),
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
		id: "error",
		name: "Error",
		width: 128,
		isOptional: true,
		cell: ({ errorType }) => <OneLine text={errorType} />,
		text: ({ errorType }) => errorType,
		facts: ({ errorType }) => oneFact("error", errorType),
	},
	{
		id: "ttft",
		name: "First token",
		width: 104,
		isNumeric: true,
		isOptional: true,
		cell: ({ ttftMs }) => (ttftMs === null ? <Unknown /> : formatDuration(BigInt(Math.round(ttftMs * 1e6)))),
		text: ({ ttftMs }) => (ttftMs === null ? null : String(ttftMs)),
	},
	{
		id: "trace",
		name: "Trace id",
		width: 128,
		isOptional: true,
		cell: ({ traceId }) => <code className="font-mono">{traceId}</code>,
		text: ({ traceId }) => traceId,
		facts: ({ traceId }) => oneFact("trace", traceId),
	},
];

const SEARCHED_COLUMNS = [HIT_COLUMN, ...COLUMNS];

/** What the table of spans can show; `isSearched` puts where the text was found before it. */
export function spanColumns(isSearched: boolean): readonly DataColumn<SpanRow>[] {
	return isSearched ? SEARCHED_COLUMNS : COLUMNS;
}

function splitOf(input: number | null, output: number | null): CostSplit | null {
	return input === null || output === null ? null : { input, output };
}

function SpanName({
	span: { traceId, name, displayName, kind, href, projectName, listedAtMs, hit },
}: {
	span: SpanRow;
}) {
	return (
		<span className="flex min-w-0 items-center gap-1.5">
			<SpanKindIcon kind={kind} />
			<span className="flex min-w-0 flex-col">
				<Link
					href={href}
					prefetch={false}
					data-row
					data-trace={traceId}
					title={displayName === name ? name : `${displayName}\n(${name})`}
					className="truncate text-sm font-medium text-ink"
				>
					{displayName || name}
				</Link>
				<span className="truncate text-2xs text-faint md:hidden">
					{hit ? <HitText hit={hit} /> : <Time epochMs={listedAtMs} short />}
				</span>
			</span>
			{projectName && <span className="min-w-0 shrink-[2] truncate text-2xs text-faint">{projectName}</span>}
		</span>
	);
}
