import { Suspense } from "react";
import { HeadCell, Table } from "@/app/_ui/table";
import { EvaluationChips, type EvaluationsByTrace } from "@/app/p/[project]/traces/evaluation-chips";
import { TraceRow } from "@/app/p/[project]/traces/trace-row";
import type { ProjectScope } from "@/lib/auth/require-project";
import { isAppError } from "@/lib/errors";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { listProjects } from "@/lib/projects/list-projects";
import type { TraceSummary } from "@/lib/traces/trace";

interface Props {
	segment: string;
	scope: ProjectScope;
	traces: TraceSummary[];
}

export async function TraceTable({ segment, scope, traces }: Props) {
	const names = scope.project ? null : new Map((await listProjects()).map(({ id, name }) => [id, name]));
	const evaluations = groupedEvaluations(scope, traces);
	return (
		<Table className="min-w-3xl table-fixed lg:min-w-0">
			<caption className="sr-only">Traces, newest first</caption>
			<thead>
				<tr>
					<HeadCell className="w-1.5 p-0">
						<span className="sr-only">Status</span>
					</HeadCell>
					<HeadCell className="w-32">Start</HeadCell>
					<HeadCell className="w-1/5">Trace</HeadCell>
					<HeadCell>Input and output</HeadCell>
					<HeadCell className="w-36">Evaluations</HeadCell>
					<HeadCell className="w-22 text-right">Duration</HeadCell>
					<HeadCell className="w-16 text-right">Spans</HeadCell>
					<HeadCell className="hidden w-32 text-right xl:table-cell">Tokens</HeadCell>
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
							<Suspense fallback={<span className="text-faint">…</span>}>
								<EvaluationChips evaluations={evaluations} trace={trace} />
							</Suspense>
						}
					/>
				))}
			</tbody>
		</Table>
	);
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
