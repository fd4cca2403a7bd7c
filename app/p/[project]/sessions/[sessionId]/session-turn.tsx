import Link from "next/link";
import { Chip } from "@/app/_ui/chip";
import { formatDuration } from "@/app/_ui/format-duration";
import { Time } from "@/app/_ui/time";
import { CostCell } from "@/app/p/[project]/_list/cost-cell";
import { TokensCell } from "@/app/p/[project]/_list/tokens-cell";
import { Unknown } from "@/app/p/[project]/_list/unknown";
import { nanosToMs } from "@/lib/time";
import type { TraceSummary } from "@/lib/traces/trace";

/** One trace of a session as a turn of a conversation: what went in, and what came out. */
export function SessionTurn({ href, trace }: { href: string; trace: TraceSummary }) {
	const { name, status, durationNano, startTimeUnixNano, createdAt, inputPreview, outputPreview } = trace;
	return (
		<article className="overflow-hidden rounded-lg border border-line bg-surface">
			<header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-sunken px-3 py-1.5 text-xs text-muted">
				<Link href={href} prefetch={false} className="min-w-0 truncate text-sm font-medium text-ink hover:underline">
					{name}
				</Link>
				{status === "error" && <Chip tone="fail">failed</Chip>}
				<span className="ml-auto flex flex-wrap items-center gap-x-4 tabular-nums">
					<span>{durationNano === null ? <Unknown /> : formatDuration(durationNano)}</span>
					<TokensCell usage={trace.usage} />
					<CostCell costUsd={trace.costUsd} unpricedSpans={trace.unpricedSpans} />
					<Time epochMs={startTimeUnixNano === null ? createdAt.getTime() : nanosToMs(startTimeUnixNano)} short />
				</span>
			</header>
			<div className="grid gap-2 p-3 text-sm">
				<Side word="In" text={inputPreview} />
				<Side word="Out" text={outputPreview} />
			</div>
		</article>
	);
}

function Side({ word, text }: { word: string; text: string | null }) {
	return (
		<div className="grid grid-cols-[2rem_minmax(0,1fr)] gap-2">
			<span className="pt-0.5 text-2xs text-faint">{word}</span>
			{text === null ? <Unknown /> : <p className="break-words whitespace-pre-wrap text-ink">{text}</p>}
		</div>
	);
}
