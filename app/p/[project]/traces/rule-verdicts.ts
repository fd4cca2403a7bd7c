import { formatCounted } from "@/app/_ui/format-number";
import { evaluationState, STATES } from "@/app/p/[project]/traces/evaluation-state";
import { VERDICT_STATES, type VerdictState } from "@/app/p/[project]/traces/verdict-states";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import type { SampledOut } from "@/lib/evaluations/list-sampled-out";

/** What one rule says of one trace. */
export interface RuleVerdict {
	/** Names it among those of its trace. */
	key: string;
	name: string;
	state: VerdictState;
	/** Of the evaluation that says most; null without one. */
	score: number | null;
	/** More, a line each. */
	details: string[];
}

/**
 * One verdict a rule and trace, by project and trace apart by a blank: of several evaluations by one rule, the one that
 * somebody should look at soonest.
 */
export function ruleVerdicts(
	evaluations: readonly Evaluation[],
	sampledOut: readonly SampledOut[],
): Record<string, RuleVerdict[]> {
	const byTrace = new Map<string, Map<string, Evaluation[]>>();
	for (const evaluation of evaluations) {
		const trace = `${evaluation.projectId} ${evaluation.traceId}`;
		// Those of a deleted rule have its name only.
		const rule = evaluation.ruleId ?? `deleted ${evaluation.evaluatorName}`;
		const rules = byTrace.get(trace) ?? new Map<string, Evaluation[]>();
		rules.set(rule, [...(rules.get(rule) ?? []), evaluation]);
		byTrace.set(trace, rules);
	}
	const verdicts: Record<string, RuleVerdict[]> = {};
	for (const [trace, rules] of byTrace) verdicts[trace] = [...rules].map(([key, own]) => verdictOf(key, own));
	for (const { projectId, traceId, ruleId, evaluatorName } of sampledOut) {
		const trace = `${projectId} ${traceId}`;
		if (verdicts[trace]?.some(({ key }) => key === ruleId)) continue;
		verdicts[trace] ??= [];
		verdicts[trace].push({
			key: ruleId,
			name: evaluatorName,
			state: "sampledOut",
			score: null,
			details: ["The rule judges a share of what it fits, and this trace is not in it"],
		});
	}
	for (const own of Object.values(verdicts)) {
		own.sort((a, b) => VERDICT_STATES[b.state].urgency - VERDICT_STATES[a.state].urgency || (a.name < b.name ? -1 : 1));
	}
	return verdicts;
}

function verdictOf(key: string, evaluations: readonly Evaluation[]): RuleVerdict {
	const [worst] = [...evaluations].sort((a, b) => stateOf(b).urgency - stateOf(a).urgency);
	if (!worst) throw new Error("a rule without evaluations has no verdict");
	const state = stateOf(worst);
	const isScored = worst.status === "SUCCEEDED" && !worst.parseFailed;
	const alike = evaluations.filter((evaluation) => stateOf(evaluation) === state).length;
	const why = worst.status === "SUCCEEDED" ? worst.reason : worst.lastError;
	return {
		key,
		name: worst.evaluatorName,
		state: nameOf(state),
		score: isScored ? worst.score : null,
		details: [
			...(evaluations.length > 1 ? [`${alike} of ${formatCounted(evaluations.length, "span")} ${state.word}`] : []),
			...(why ? [why] : []),
		],
	};
}

const stateOf = evaluationState;

function nameOf(state: ReturnType<typeof evaluationState>): keyof typeof STATES {
	const found = Object.entries(STATES).find(([, known]) => known === state);
	return found?.[0] as keyof typeof STATES;
}
