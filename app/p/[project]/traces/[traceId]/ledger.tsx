import { SectionFrame } from "@/app/_ui/section-frame";
import { EvaluationCard } from "@/app/p/[project]/traces/[traceId]/evaluation-card";
import { LedgerEntry } from "@/app/p/[project]/traces/[traceId]/ledger-entry";
import { ledgerGroups } from "@/app/p/[project]/traces/[traceId]/ledger-groups";
import type { Decision } from "@/lib/evaluations/decision";
import type { Evaluation } from "@/lib/evaluations/evaluation";

interface Props {
	/** Of every enabled rule, about every span of the trace and about the trace. */
	decisions: Decision[];
	/** Of the span and of the trace as a whole. */
	evaluations: Evaluation[];
	spanId: string;
	/** Address of the trace. */
	path: string;
	/** Addresses of the project's rules and traces. */
	rulesPath: string;
	tracesPath: string;
}

/**
 * What every rule decided about the span and its trace, and why; then verdicts of rules that are gone or switched off.
 * Nothing when there is neither a rule nor a verdict.
 */
export function Ledger({ decisions, evaluations, spanId, path, rulesPath, tracesPath }: Props) {
	const groups = ledgerGroups(decisions, spanId);
	const told = new Set(decisions.map(({ evaluation }) => evaluation?.id));
	const others = evaluations.filter(({ id }) => !told.has(id));
	if (groups.length === 0 && others.length === 0) return null;
	return (
		<SectionFrame title="Evaluations" note={groups.length > 0 ? "what each rule decided, and why" : undefined}>
			<div className="flex flex-col divide-y divide-line">
				{groups.map((group) => (
					<LedgerEntry
						key={group.ruleId}
						group={group}
						path={path}
						rulePath={`${rulesPath}/${group.ruleId}`}
						tracesPath={tracesPath}
					/>
				))}
				{others.map((evaluation) => (
					<EvaluationCard key={evaluation.id} evaluation={evaluation} tracesPath={tracesPath} />
				))}
			</div>
		</SectionFrame>
	);
}
