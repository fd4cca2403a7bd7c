import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { EmptyState } from "@/app/_ui/empty-state";
import { formatDuration } from "@/app/_ui/format-duration";
import { PageHeader } from "@/app/_ui/page-header";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { openProject } from "@/app/p/[project]/open-project";
import { openTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { TraceBadges } from "@/app/p/[project]/traces/[traceId]/trace-badges";
import { nanosToMs } from "@/lib/time";
import { listTraces } from "@/lib/traces/list-traces";
import type { TraceSummary } from "@/lib/traces/trace";

const LATEST = 50;
const LISTED = 20;

interface Props {
	segment: string;
	/** The trace that is to be compared; empty when none was named. */
	traceId: string;
}

/** What a trace can be compared with: the latest ones, those of its name first. */
export async function CandidateList({ segment, traceId }: Props) {
	const { projectIds } = await openProject(segment);
	if (traceId === "") {
		return (
			<div className="px-4 py-5 lg:px-6">
				<EmptyState
					icon={<GitCompareArrows />}
					title="Compare two traces"
					text="Open a trace and choose Compare, or select two on the list."
				/>
			</div>
		);
	}
	const [{ trace }, { traces }] = await Promise.all([
		openTrace(segment, traceId),
		listTraces({ projectIds, limit: LATEST }),
	]);
	const isLike = ({ name }: TraceSummary) => name === trace.facts.name;
	const others = traces.filter((one) => one.traceId !== trace.facts.traceId);
	const candidates = [...others.filter(isLike), ...others.filter((one) => !isLike(one))].slice(0, LISTED);
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader
				title="Compare with"
				text={`${clipText(trace.facts.name, LINE_CHARS_MAX).shown} beside one of the latest traces, those of its name first.`}
			/>
			{candidates.length === 0 ? (
				<EmptyState icon={<GitCompareArrows />} title="There is no other trace" text="A second one is needed." />
			) : (
				<Table>
					<caption className="sr-only">Traces to compare with</caption>
					<thead>
						<tr>
							<HeadCell>Trace</HeadCell>
							<HeadCell className="w-40">Start</HeadCell>
							<HeadCell className="w-32">Status</HeadCell>
							<HeadCell className="w-24 text-right">Duration</HeadCell>
						</tr>
					</thead>
					<tbody>
						{candidates.map((one) => (
							<Candidate
								key={`${one.projectId} ${one.traceId}`}
								trace={one}
								href={`/p/${segment}/compare?a=${trace.facts.traceId}&b=${one.traceId}`}
							/>
						))}
					</tbody>
				</Table>
			)}
		</div>
	);
}

function Candidate({ trace, href }: { trace: TraceSummary; href: string }) {
	const { startTimeUnixNano: start, durationNano: duration } = trace;
	return (
		<tr className="hover:bg-hover">
			<Cell>
				<Link href={href} prefetch={false} className="text-accent-ink hover:underline">
					{clipText(trace.name, LINE_CHARS_MAX).shown}{" "}
					<code className="font-mono text-xs">{trace.traceId.slice(0, 8)}</code>
				</Link>
			</Cell>
			<Cell>{start === null ? <span title="Not known">–</span> : <Time epochMs={nanosToMs(start)} short />}</Cell>
			<Cell>
				<TraceBadges summary={trace} />
			</Cell>
			<Cell className="text-right tabular-nums">
				{duration === null ? <span title="Not known">–</span> : formatDuration(duration)}
			</Cell>
		</tr>
	);
}
