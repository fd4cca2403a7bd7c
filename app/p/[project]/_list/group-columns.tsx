"use client";

import { CircleAlert } from "lucide-react";
import Link from "next/link";
import type { DataColumn } from "@/app/_ui/data-table/data-column";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { CostCell } from "@/app/p/[project]/_list/cost-cell";
import type { GroupRow } from "@/app/p/[project]/_list/group-row";
import { TokensCell } from "@/app/p/[project]/_list/tokens-cell";
import { ValueList } from "@/app/p/[project]/_list/value-list";
import { usageWords } from "@/app/p/[project]/traces/usage-words";
import type { Usage } from "@/lib/span/usage";

interface Kind {
	/** What a row is, and its field in the filter language. */
	name: string;
	field: string;
	/** What goes with it. */
	others: string;
	othersField: string;
}

const SESSIONS: Kind = { name: "Session", field: "session", others: "Users", othersField: "user" };
const USERS: Kind = { name: "User", field: "user", others: "Sessions", othersField: "session" };

export const SESSION_COLUMNS = groupColumns(SESSIONS);
export const USER_COLUMNS = groupColumns(USERS);

function groupColumns({ name, field, others, othersField }: Kind): readonly DataColumn<GroupRow>[] {
	return [
		{
			id: "name",
			name,
			width: 220,
			grows: true,
			isFixed: true,
			onNarrow: "grows",
			cell: (group) => <GroupName group={group} />,
			text: ({ id }) => id,
			facts: ({ id }) => [{ field, value: id }],
		},
		{
			id: "last",
			name: "Last seen",
			width: 132,
			cell: ({ lastAtMs }) => <Time epochMs={lastAtMs} short />,
			text: ({ lastAtMs }) => new Date(lastAtMs).toISOString(),
		},
		{
			id: "first",
			name: "First seen",
			width: 132,
			cell: ({ firstAtMs }) => <Time epochMs={firstAtMs} short />,
			text: ({ firstAtMs }) => new Date(firstAtMs).toISOString(),
		},
		{
			id: "lasted",
			name: "Lasted",
			width: 96,
			isNumeric: true,
			isOptional: true,
			cell: ({ firstAtMs, lastAtMs }) => formatDuration(BigInt(Math.round((lastAtMs - firstAtMs) * 1e6))),
		},
		{
			id: "traces",
			name: "Traces",
			width: 84,
			isNumeric: true,
			onNarrow: 76,
			cell: ({ traceCount }) => formatCount(traceCount),
			text: ({ traceCount }) => String(traceCount),
		},
		{
			id: "spans",
			name: "Spans",
			width: 84,
			isNumeric: true,
			cell: ({ spanCount }) => formatCount(spanCount),
			text: ({ spanCount }) => String(spanCount),
		},
		{
			id: "errors",
			name: "Failed traces",
			width: 108,
			isNumeric: true,
			cell: ({ errorCount }) =>
				errorCount === 0 ? (
					<span className="text-faint">0</span>
				) : (
					<span className="inline-flex items-center gap-1 align-middle text-fail">
						<CircleAlert aria-hidden className="size-3" />
						{formatCount(errorCount)}
					</span>
				),
			text: ({ errorCount }) => String(errorCount),
		},
		{
			id: "tokens",
			name: "Tokens",
			width: 120,
			isNumeric: true,
			cell: (group) => <TokensCell usage={usageOf(group)} />,
			text: (group) => {
				const usage = usageOf(group);
				return usage && usageWords(usage);
			},
		},
		{
			id: "cost",
			name: "Cost",
			width: 96,
			isNumeric: true,
			cell: ({ costUsd, unpricedSpans }) => <CostCell costUsd={costUsd} unpricedSpans={unpricedSpans} />,
			text: ({ costUsd }) => (costUsd === null ? null : formatCost(costUsd)),
		},
		{
			id: "others",
			name: others,
			width: 180,
			grows: true,
			cell: (group) => <ValueList values={group.others} total={group.otherCount} />,
			text: (group) => group.others.join(", ") || null,
			facts: (group) => group.others.map((value) => ({ field: othersField, value })),
		},
	];
}

function usageOf({ inputTokens, outputTokens }: GroupRow): Usage | null {
	if (inputTokens === null && outputTokens === null) return null;
	return {
		...(inputTokens !== null && { input: inputTokens }),
		...(outputTokens !== null && { output: outputTokens }),
	};
}

function GroupName({ group: { id, href, projectName, lastAtMs } }: { group: GroupRow }) {
	return (
		<span className="flex min-w-0 flex-col">
			<span className="flex min-w-0 items-baseline gap-1.5">
				<Link href={href} prefetch={false} data-row title={id} className="truncate text-sm font-medium text-ink">
					{id}
				</Link>
				{projectName && <span className="min-w-0 shrink-[2] truncate text-2xs text-faint">{projectName}</span>}
			</span>
			<span className="truncate text-2xs text-faint md:hidden">
				<Time epochMs={lastAtMs} short />
			</span>
		</span>
	);
}
