import { Suspense } from "react";
import { HeadCell, Table } from "@/app/_ui/table";
import { EvaluationChips, type EvaluationsByTrace } from "@/app/p/[project]/traces/evaluation-chips";
import { TraceRow } from "@/app/p/[project]/traces/trace-row";
import type { ProjectScope } from "@/lib/auth/require-project";
import { isAppError } from "@/lib/errors";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { listProjects } from "@/lib/projects/list-projects";
import { sleep } from "@/lib/time";
import type { TraceSummary } from "@/lib/traces/trace";

/** Evaluations stream in after the traces only when they take longer than this: what streams needs JavaScript. */
const STREAM_AFTER_MS = 250;

interface Props {
	segment: string;
	scope: ProjectScope;
	traces: TraceSummary[];
}

export async function TraceTable({ segment, scope, traces }: Props) {
	const names = scope.project ? null : new Map((await listProjects()).map(({ id, name }) => [id, name]));
	const evaluations = groupedEvaluations(scope, traces);
	const early = await Promise.race([evaluations, sleep(STREAM_AFTER_MS).then(() => undefined)]);
	return (
		<Table className="table-fixed">
			<caption className="sr-only">Traces, newest first</caption>
			<thead>
				<tr>
					<HeadCell className="w-1.5 p-0">
						<span className="sr-only">Status</span>
					</HeadCell>
					<HeadCell className="hidden w-32 md:table-cell">Start</HeadCell>
					<HeadCell className="md:w-1/5">Trace</HeadCell>
					<HeadCell className="hidden md:table-cell">Input and output</HeadCell>
					<HeadCell className="w-32 lg:w-44 xl:w-36 2xl:w-44">Evaluations</HeadCell>
					<HeadCell className="w-22 text-right">Duration</HeadCell>
					<HeadCell className="hidden w-16 text-right md:table-cell">Spans</HeadCell>
					<HeadCell className="hidden w-28 text-right xl:table-cell">Tokens</HeadCell>
					<HeadCell className="hidden w-22 text-right xl:table-cell">Cost</HeadCell>
				</tr>
			</thead>
			<tbody>
				{traces.map((trace) => (
					<TraceRow
						key={`${trace.projectId} ${trace.traceId}`}
						href={`/p/${segment}/traces/${trace.traceId}`}
						trace={trace}
						projectName={names && trace.projectId ? (names.get(trace.projectId) ?? null) : null}
						chips={
							early === undefined ? (
								<Suspense fallback={<span className="text-faint">…</span>}>
									<LateChips evaluations={evaluations} trace={trace} />
								</Suspense>
							) : (
								<EvaluationChips evaluations={early} trace={trace} />
							)
						}
					/>
				))}
			</tbody>
		</Table>
	);
}

async function LateChips({
	evaluations,
	trace,
}: {
	evaluations: Promise<EvaluationsByTrace | null>;
	trace: TraceSummary;
}) {
	return <EvaluationChips evaluations={await evaluations} trace={trace} />;
}

/** Null when they cannot be read: the traces are worth showing all the same, and the chips say so. */
async function groupedEvaluations(scope: ProjectScope, traces: TraceSummary[]): Promise<EvaluationsByTrace | null> {
	try {
		const found = await listEvaluations({
			projectIds: scope.projectIds,
			traceIds: traces.map((trace) => trace.traceId),
		});
		const byTrace: EvaluationsByTrace = new Map();
		for (const evaluation of found) {
			const key = `${evaluation.projectId} ${evaluation.traceId}`;
			byTrace.set(key, [...(byTrace.get(key) ?? []), evaluation]);
		}
		return byTrace;
	} catch (error) {
		if (isAppError(error) && error.code === "unavailable") return null;
		throw error;
	}
}
