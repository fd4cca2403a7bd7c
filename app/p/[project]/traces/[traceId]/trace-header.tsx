import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/app/_ui/button";
import { Chip } from "@/app/_ui/chip";
import { CopyButton } from "@/app/_ui/copy-button";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { listProjects } from "@/lib/projects/list-projects";
import { durationNanos } from "@/lib/span/span";
import { nanosToMs } from "@/lib/time";
import type { TraceSummary } from "@/lib/traces/trace";

interface Props {
	segment: string;
	summary: TraceSummary;
	/** What keeps the page fresh. */
	children: ReactNode;
}

export async function TraceHeader({ segment, summary, children }: Props) {
	const project = (await listProjects()).find(({ id }) => id === summary.projectId);
	const { startTimeUnixNano: start, endTimeUnixNano: end, inputTokens, outputTokens } = summary;
	const duration = durationNanos(start, end);
	return (
		<header className="flex flex-col gap-1.5 border-b border-line bg-surface px-4 py-3 lg:px-6">
			<div className="flex items-center gap-2">
				<Link
					href={`/p/${segment}/traces`}
					aria-label="Back to traces"
					title="Back to traces"
					className={buttonClass({ variant: "ghost", size: "icon" }, "-ml-1.5")}
				>
					<ChevronLeft aria-hidden className="size-4" />
				</Link>
				<h1 className="min-w-0 truncate text-lg font-semibold tracking-tight text-ink" title={summary.rootSpanName}>
					{summary.rootSpanName}
				</h1>
				{summary.status === "error" ? <Chip tone="fail">failed</Chip> : <Chip tone="pass">ok</Chip>}
				{!summary.rootSeen && (
					<Chip tone="warn" title="No span without a parent has arrived yet">
						no root yet
					</Chip>
				)}
				<span className="ml-auto">{children}</span>
			</div>
			<dl className="flex flex-wrap items-center gap-x-5 gap-y-1 text-xs text-muted">
				<Fact label="Duration">{duration === null ? "not known" : formatDuration(duration)}</Fact>
				<Fact label="Spans">
					{formatCounted(summary.spanCount, "span")}
					{summary.errorCount > 0 && <span className="text-fail">, {formatCount(summary.errorCount)} failed</span>}
				</Fact>
				{(inputTokens !== null || outputTokens !== null) && (
					<Fact label="Tokens, input to output">
						{inputTokens === null ? "?" : formatCount(inputTokens)} →{" "}
						{outputTokens === null ? "?" : formatCount(outputTokens)} tokens
					</Fact>
				)}
				<Fact label="Start">{start === null ? "start not known" : <Time epochMs={nanosToMs(start)} />}</Fact>
				<Fact label="Project">
					{project ? (
						<Link href={`/p/${project.id}/traces`} className="text-accent-ink hover:underline">
							{project.name}
						</Link>
					) : (
						"no project"
					)}
				</Fact>
				<Fact label="Trace id">
					<span className="inline-flex items-center gap-1">
						<code className="font-mono break-all">{summary.traceId}</code>
						<CopyButton text={summary.traceId} label="Copy trace id" />
					</span>
				</Fact>
			</dl>
		</header>
	);
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
	return (
		<div>
			<dt className="sr-only">{label}</dt>
			<dd title={label}>{children}</dd>
		</div>
	);
}
