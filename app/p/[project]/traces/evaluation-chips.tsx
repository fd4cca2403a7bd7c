import { Chip } from "@/app/_ui/chip";
import { EvaluationChip } from "@/app/p/[project]/traces/evaluation-chip";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import type { TraceSummary } from "@/lib/traces/trace";

const SHOWN_MAX = 4;

/** Evaluations by project id and trace id, separated by a blank. */
export type EvaluationsByTrace = Map<string, Evaluation[]>;

interface Props {
	/** Null when they cannot be read. */
	evaluations: EvaluationsByTrace | null;
	trace: TraceSummary;
}

export function EvaluationChips({ evaluations, trace }: Props) {
	if (evaluations === null) return <Chip tone="warn">could not be read</Chip>;
	const own = (evaluations.get(`${trace.projectId} ${trace.traceId}`) ?? []).filter(({ current }) => current);
	if (own.length === 0) return <span className="text-faint">–</span>;
	return (
		<span className="flex max-h-11 flex-wrap gap-1 overflow-hidden">
			{own.slice(0, SHOWN_MAX).map((evaluation) => (
				<EvaluationChip key={evaluation.id} evaluation={evaluation} />
			))}
			{own.length > SHOWN_MAX && <Chip title={`${own.length} evaluations`}>+{own.length - SHOWN_MAX}</Chip>}
		</span>
	);
}
