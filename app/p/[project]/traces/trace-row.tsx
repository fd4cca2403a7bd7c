import Link from "next/link";
import type { ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { classNames } from "@/app/_ui/class-names";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount } from "@/app/_ui/format-number";
import { Cell } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { durationNanos } from "@/lib/span/span";
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
	const duration = durationNanos(trace.startTimeUnixNano, trace.endTimeUnixNano);
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
						title={trace.rootSpanName}
						className="truncate font-medium text-ink after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-ink"
					>
						{trace.rootSpanName}
					</Link>
					{!trace.rootSeen && (
						<Chip tone="warn" title="No span without a parent has arrived yet; this is the first one that has">
							no root yet
						</Chip>
					)}
				</span>
				<span className="block truncate text-xs text-faint">
					<span className="md:hidden">
						<Time epochMs={start} short />
						{projectName && " · "}
					</span>
					{projectName ?? <span className="hidden font-mono md:inline">{trace.traceId.slice(0, 8)}</span>}
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
				<Tokens input={trace.inputTokens} output={trace.outputTokens} />
			</Cell>
		</tr>
	);
}

function Preview({ label, text, className }: { label: string; text: string | null; className: string }) {
	return (
		<span className={classNames("block truncate text-xs", className)} title={text?.slice(0, 500)}>
			<span className="sr-only">{label}: </span>
			{text === null ? <span className="text-faint">–</span> : text.slice(0, 300).replace(/\s+/g, " ")}
		</span>
	);
}

function Tokens({ input, output }: { input: number | null; output: number | null }) {
	if (input === null && output === null) return <Unknown />;
	return (
		<span title="Input tokens → output tokens">
			{input === null ? "?" : formatCount(input)} → {output === null ? "?" : formatCount(output)}
		</span>
	);
}

function Unknown() {
	return (
		<span className="text-faint" title="Not known">
			–
		</span>
	);
}
