import { CircleSlash, Dices, History, Hourglass, type LucideIcon } from "lucide-react";
import type { Tone } from "@/app/_ui/chip";
import { evaluationState, STATES } from "@/app/p/[project]/traces/evaluation-state";
import type { Decision } from "@/lib/evaluations/decision";

export interface DecisionWords {
	word: string;
	tone: Tone;
	Icon: LucideIcon;
}

const OWN: Record<Exclude<Decision["state"], "done">, DecisionWords> = {
	not_matched: { word: "not matched", tone: "neutral", Icon: CircleSlash },
	sampled_out: { word: "sampled out", tone: "neutral", Icon: Dices },
	over_budget: STATES.overBudget,
	waiting_for_quiet: { word: "waiting for quiet", tone: "neutral", Icon: Hourglass },
	pending: STATES.pending,
	running: STATES.running,
	blocked: STATES.blocked,
	failed: STATES.judgeFailed,
	replaced: { word: "replaced", tone: "neutral", Icon: History },
};

/** What a decision means to people; one that ended in a verdict is called by the verdict. */
export function decisionState({ state, evaluation }: Decision): DecisionWords {
	if (state !== "done") return OWN[state];
	return evaluation ? evaluationState(evaluation) : STATES.scored;
}
