import { ChevronLeft, GitCompareArrows } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/app/_ui/button";
import { Chip } from "@/app/_ui/chip";
import { classNames } from "@/app/_ui/class-names";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { CopyButton } from "@/app/_ui/copy-button";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { TraceBadges } from "@/app/p/[project]/traces/[traceId]/trace-badges";
import { usageDetails, usageWords } from "@/app/p/[project]/traces/usage-words";
import { printFilter } from "@/lib/filter/print-filter";
import { listProjects } from "@/lib/projects/list-projects";
import { nanosToMs } from "@/lib/time";
import type { TraceFacts } from "@/lib/traces/read-skeleton";
import type { TraceRows } from "@/lib/traces/read-trace-rows";

/** More would push the spans out of sight. */
const TAGS_SHOWN = 12;
const MODELS_SHOWN = 4;

interface Props {
	segment: string;
	trace: TraceRows;
	placement: "page" | "drawer";
	/** What keeps the page fresh. */
	children: ReactNode;
}

export async function TraceHeader({ segment, trace, placement, children }: Props) {
	const { facts: summary } = trace;
	const project = (await listProjects()).find(({ id }) => id === summary.projectId);
	const name = clipText(summary.name, LINE_CHARS_MAX).shown;
	const { startTimeUnixNano: start, models, tags } = summary;
	const Title = placement === "page" ? "h1" : "h2";
	return (
		<header className="flex flex-col gap-1.5 border-b border-line bg-surface px-4 py-3 lg:px-6">
			<div className="flex items-center gap-2">
				{placement === "page" && (
					<Link
						href={`/p/${segment}/traces`}
						aria-label="Back to traces"
						title="Back to traces"
						className={buttonClass({ variant: "ghost", size: "icon" }, "-ml-1.5")}
					>
						<ChevronLeft aria-hidden className="size-4" />
					</Link>
				)}
				<Title className="min-w-0 truncate text-lg font-semibold tracking-tight text-ink" title={name}>
					{name}
				</Title>
				<span className="flex shrink-0 flex-wrap gap-1">
					<TraceBadges summary={summary} />
				</span>
				<span className={classNames("ml-auto flex shrink-0 items-center gap-1", placement === "drawer" && "mr-16")}>
					{children}
					<Link
						href={`/p/${segment}/compare?a=${summary.traceId}`}
						prefetch={false}
						aria-label="Compare with another trace"
						title="Compare with another trace"
						className={buttonClass({ variant: "ghost", size: "icon" })}
					>
						<GitCompareArrows aria-hidden className="size-3.5" />
					</Link>
				</span>
			</div>
			<dl className="flex flex-wrap items-center gap-x-5 gap-y-1 text-xs text-muted">
				<TimeFacts trace={trace} />
				<SpansFact trace={trace} />
				<UsageFact summary={summary} />
				<CostFact trace={trace} />
				{models.length > 0 && (
					<Fact label={clipText(`Models: ${models.join(", ")}`, LINE_CHARS_MAX).shown}>
						<Cut text={shortList(models, MODELS_SHOWN)} />
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
				{summary.sessionId !== null && (
					<Fact label="Session">
						<span className="flex items-center gap-1">
							<ListLink segment={segment} field="session" value={summary.sessionId} />
							{summary.sessionConflict && (
								<Chip
									tone="warn"
									title="The spans of this trace name more than one session; this is the root's or the first"
								>
									several sessions
								</Chip>
							)}
						</span>
					</Fact>
				)}
				{summary.userId !== null && (
					<Fact label="User">
						<ListLink segment={segment} field="user" value={summary.userId} />
					</Fact>
				)}
				{summary.environment !== null && (
					<Fact label="Environment">
						<Chip>
							<span className="truncate">{clipText(summary.environment, LINE_CHARS_MAX).shown}</span>
						</Chip>
					</Fact>
				)}
				{summary.release !== null && (
					<Fact label="Release">
						<ListLink segment={segment} field="release" value={summary.release} />
					</Fact>
				)}
				{tags.length > 0 && (
					<Fact label={clipText(`Tags: ${tags.join(", ")}`, LINE_CHARS_MAX).shown}>
						<span className="flex flex-wrap gap-1">
							{tags.slice(0, TAGS_SHOWN).map((tag) => (
								<Chip key={tag} className="max-w-48">
									<span className="truncate">{clipText(tag, LINE_CHARS_MAX).shown}</span>
								</Chip>
							))}
							{tags.length > TAGS_SHOWN && <Chip>+{tags.length - TAGS_SHOWN}</Chip>}
						</span>
					</Fact>
				)}
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

/** How long it took, and who was at work in that time. */
function TimeFacts({ trace: { facts, shares } }: { trace: TraceRows }) {
	const { durationNano: duration } = facts;
	return (
		<>
			<Fact label="Duration, from the first start to the last end">
				{duration === null ? (
					"duration not known"
				) : (
					<strong className="font-medium text-ink">{formatDuration(duration)}</strong>
				)}
			</Fact>
			{shares && (
				<>
					<Fact label="Time in which a model was at work">model {formatDuration(shares.model)}</Fact>
					<Fact label="Time in which a tool was at work and no model">tools {formatDuration(shares.tool)}</Fact>
					<Fact label="Time in which neither a model nor a tool was at work">wait {formatDuration(shares.wait)}</Fact>
				</>
			)}
		</>
	);
}

function SpansFact({ trace: { facts, rows, readCount } }: { trace: TraceRows }) {
	const { status, errorCount } = facts;
	return (
		<Fact label="Spans">
			{formatCounted(rows.spanCount, "span")}
			{status === "error" && errorCount > 0 && <span className="text-fail">, {formatCount(errorCount)} failed</span>}
			{rows.spanCount > readCount && (
				<span className="text-warn" title="Sums and times are of these">
					, the first {formatCount(readCount)} are shown
				</span>
			)}
		</Fact>
	);
}

function UsageFact({ summary: { usage, usageFrom } }: { summary: TraceFacts }) {
	if (!usage) return null;
	const details = usageDetails(usage);
	return (
		<Fact label={`Tokens, input to output${details ? `: ${details}` : ""}`}>
			{usageWords(usage)} tokens
			{usageFrom === "aggregate" && <span className="text-faint"> (the agent’s own count)</span>}
		</Fact>
	);
}

function CostFact({ trace: { facts, costSplit } }: { trace: TraceRows }) {
	const { costUsd, costFrom, unpricedSpans } = facts;
	if (costUsd === null && unpricedSpans === 0) return null;
	return (
		<Fact
			label={
				costSplit === null
					? "Cost in US dollars"
					: `Cost in US dollars: ${formatCost(costSplit.input)} input, ${formatCost(costSplit.output)} output`
			}
		>
			{costUsd === null ? "cost not known" : formatCost(costUsd)}
			{costFrom === "aggregate" && <span className="text-faint"> (the agent’s own count)</span>}
			{unpricedSpans > 0 && (
				<span className="text-warn" title="Model calls whose cost is not known are left out of the sum">
					, {formatCounted(unpricedSpans, "call")} of unknown cost
				</span>
			)}
		</Fact>
	);
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
	return (
		<div className="min-w-0">
			<dt className="sr-only">{label}</dt>
			<dd title={label}>{children}</dd>
		</div>
	);
}

interface ListLinkProps {
	segment: string;
	field: "session" | "user" | "release";
	value: string;
}

/** Leads to all traces with the same value. */
function ListLink({ segment, field, value }: ListLinkProps) {
	const filter = printFilter({ field, op: "=", value });
	return (
		<Link
			href={`/p/${segment}/traces?${new URLSearchParams({ filter })}`}
			prefetch={false}
			className="hover:text-accent-ink hover:underline"
		>
			<Cut text={`${field} ${value}`} />
		</Link>
	);
}

/** One line at most; the title has the rest. */
function Cut({ text: whole }: { text: string }) {
	const text = clipText(whole, LINE_CHARS_MAX).shown;
	return (
		<span className="block max-w-80 truncate" title={text}>
			{text}
		</span>
	);
}

function shortList(words: string[], shown: number): string {
	const rest = words.length - shown;
	return words.slice(0, shown).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
