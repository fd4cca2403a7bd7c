import Link from "next/link";
import type { ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { classNames } from "@/app/_ui/class-names";
import { clipText } from "@/app/_ui/clip-text";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { Cell } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { RootBadge } from "@/app/p/[project]/traces/[traceId]/trace-badges";
import { usageDetails, usageWords } from "@/app/p/[project]/traces/usage-words";
import { nanosToMs } from "@/lib/time";
import type { TraceSummary } from "@/lib/traces/trace";

interface Props {
	href: string;
	trace: TraceSummary;
	projectName: string | null;
	chips: ReactNode;
}

/** Two lines a trace: whose it is, and what went in and came out. The whole row leads to the trace. */
export function TraceRow({ href, trace, projectName, chips }: Props) {
	const failed = trace.status === "error";
	const duration = trace.durationNano;
	const context = contextWords(trace);
	const start = trace.startTimeUnixNano === null ? trace.createdAt.getTime() : nanosToMs(trace.startTimeUnixNano);
	return (
		<tr className="relative hover:bg-hover has-[a:focus-visible]:bg-hover">
			<Cell
				title={failed ? "Failed" : trace.rootSeen ? "Succeeded" : "The root span has not arrived"}
				className={classNames(
					"h-14 p-0",
					failed ? "bg-bar-fail" : trace.rootSeen ? "bg-pass/60" : "animate-pulse bg-field-line",
				)}
			>
				<span className="sr-only">{failed ? "failed" : "ok"}</span>
			</Cell>
			<Cell className="hidden text-xs text-muted md:table-cell">
				<Time epochMs={start} short />
			</Cell>
			<Cell>
				<span className="flex items-center gap-1.5">
					<Link
						href={href}
						prefetch={false}
						title={trace.name === trace.rootSpanName ? trace.name : `${trace.name}\n(${trace.rootSpanName})`}
						className="truncate font-medium text-ink after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-ink"
					>
						{trace.name}
					</Link>
					{!trace.rootSeen && <RootBadge progress={trace.progress} />}
					{trace.rootSeen && trace.progress === "unfinished" && (
						<Chip tone="warn" title="No span has arrived for a while, and one never told its end">
							unfinished
						</Chip>
					)}
				</span>
				<span className="block truncate text-xs text-faint" title={context.join(" · ") || undefined}>
					<span className="md:hidden">
						<Time epochMs={start} short />
						{projectName && " · "}
					</span>
					{projectName}
					{projectName && trace.environment !== null && " "}
					{trace.environment !== null && (
						<span className="hidden rounded bg-sunken px-1 text-2xs md:inline">{trace.environment}</span>
					)}
					{context.length > 0 ? (
						<span className="hidden md:inline"> {context.join(" · ")}</span>
					) : (
						!projectName && <span className="hidden font-mono md:inline"> {trace.traceId.slice(0, 8)}</span>
					)}
				</span>
			</Cell>
			<Cell className="hidden md:table-cell">
				<Preview label="Input" text={trace.inputPreview} className="text-muted" />
				<Preview label="Output" text={trace.outputPreview} className="text-ink" />
			</Cell>
			<Cell className="py-1">{chips}</Cell>
			<Cell className="text-right text-xs">{duration === null ? <Unknown /> : formatDuration(duration)}</Cell>
			<Cell className="hidden text-right text-xs md:table-cell">
				{formatCount(trace.spanCount)}
				{trace.errorCount > 0 && (
					<span className="block text-2xs text-fail" title={`${trace.errorCount} spans failed`}>
						{formatCount(trace.errorCount)} failed
					</span>
				)}
			</Cell>
			<Cell className="hidden text-right text-xs xl:table-cell">
				<Tokens usage={trace.usage} />
			</Cell>
			<Cell className="hidden text-right text-xs xl:table-cell">
				<TraceCost trace={trace} />
			</Cell>
		</tr>
	);
}

function Preview({ label, text, className }: { label: string; text: string | null; className: string }) {
	return (
		<span
			className={classNames("block truncate text-xs", className)}
			title={text === null ? undefined : clipText(text, 500).shown}
		>
			<span className="sr-only">{label}: </span>
			{text === null ? <span className="text-faint">–</span> : clipText(text, 300).shown.replace(/\s+/g, " ")}
		</span>
	);
}

function Tokens({ usage }: Pick<TraceSummary, "usage">) {
	if (!usage) return <Unknown />;
	const details = usageDetails(usage);
	return <span title={`Input tokens → output tokens${details ? `\n${details}` : ""}`}>{usageWords(usage)}</span>;
}

function TraceCost({ trace: { costUsd, unpricedSpans } }: { trace: TraceSummary }) {
	if (costUsd === null) return <Unknown />;
	if (unpricedSpans === 0) return formatCost(costUsd);
	return (
		<span title={`${formatCounted(unpricedSpans, "call")} of unknown cost`}>
			{formatCost(costUsd)}
			<span className="text-warn"> +?</span>
		</span>
	);
}

/** Whose trace it is and how it was marked. */
function contextWords({ sessionId, userId, tags }: TraceSummary): string[] {
	return [
		...(sessionId === null ? [] : [`session ${sessionId}`]),
		...(userId === null ? [] : [`user ${userId}`]),
		...tags,
	];
}

function Unknown() {
	return (
		<span className="text-faint" title="Not known">
			–
		</span>
	);
}
