import Link from "next/link";
import { formatCost } from "@/app/_ui/format-cost";
import { SectionFrame } from "@/app/_ui/section-frame";
import { Cell, HeadCell } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { EvaluationChip } from "@/app/p/[project]/traces/evaluation-chip";
import type { Evaluation } from "@/lib/evaluations/evaluation";

/** What was judged last, each with the way to the span or trace. */
export function LastVerdicts({ verdicts, tracesPath }: { verdicts: Evaluation[]; tracesPath: string }) {
	return (
		<SectionFrame title="Last verdicts">
			{verdicts.length === 0 ? (
				<p className="p-3 text-sm text-pretty text-muted">
					None yet. The rule judges what arrives from now on; to judge what is stored already, use the form below.
				</p>
			) : (
				<div className="relative overflow-x-auto">
					<table className="w-full min-w-xl table-fixed border-collapse text-left text-sm">
						<caption className="sr-only">Last verdicts, newest first</caption>
						<thead>
							<tr>
								<HeadCell className="w-32">Verdict</HeadCell>
								<HeadCell>Why</HeadCell>
								<HeadCell className="w-24 text-right">Cost</HeadCell>
								<HeadCell className="w-36 text-right">Judged</HeadCell>
							</tr>
						</thead>
						<tbody>
							{verdicts.map((verdict) => (
								<VerdictRow key={verdict.id} verdict={verdict} tracesPath={tracesPath} />
							))}
						</tbody>
					</table>
				</div>
			)}
		</SectionFrame>
	);
}

function VerdictRow({ verdict, tracesPath }: { verdict: Evaluation; tracesPath: string }) {
	const { traceId, spanId, reason, lastError, costUsd, completedAt, createdAt } = verdict;
	const why = verdict.status === "SUCCEEDED" ? reason : lastError;
	return (
		<tr className="relative hover:bg-hover has-[a:focus-visible]:bg-hover">
			<Cell className="py-1.5">
				<EvaluationChip evaluation={verdict} />
			</Cell>
			<Cell className="py-1.5">
				<Link
					href={`${tracesPath}/${traceId}${spanId ? `?span=${spanId}` : ""}`}
					prefetch={false}
					className="block truncate text-ink after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-ink"
					title={why ?? undefined}
				>
					{why ?? <span className="font-mono text-xs text-muted">{spanId || traceId}</span>}
				</Link>
			</Cell>
			<Cell className="py-1.5 text-right text-xs text-muted">{costUsd === null ? "–" : formatCost(costUsd)}</Cell>
			<Cell className="py-1.5 text-right text-xs text-muted">
				<Time epochMs={(completedAt ?? createdAt).getTime()} short />
			</Cell>
		</tr>
	);
}
