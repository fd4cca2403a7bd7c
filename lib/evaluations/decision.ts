import type { Evaluation } from "@/lib/evaluations/evaluation";

export type DecisionState =
	| "not_matched"
	| "sampled_out"
	| "over_budget"
	| "waiting_for_quiet"
	| "pending"
	| "running"
	| "blocked"
	| "failed"
	| "done"
	/** A later decision took its place; all others are current. */
	| "replaced";

/** What was decided for one span, or for a whole trace, and one rule. */
export interface Decision {
	ruleId: string;
	ruleName: string;
	/** The version that decided. */
	ruleVersion: number;
	/** Null: the whole trace. */
	spanId: string | null;
	spanName: string | null;
	state: DecisionState;
	/** Why, in a sentence for people. */
	reason: string;
	/** Present once the rule made an evaluation of it. */
	evaluation: Evaluation | null;
}
