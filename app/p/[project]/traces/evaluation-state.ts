import {
	Ban,
	Check,
	CircleAlert,
	CircleDot,
	CircleHelp,
	Clock,
	LoaderCircle,
	type LucideIcon,
	PlugZap,
	X,
} from "lucide-react";
import type { Tone } from "@/app/_ui/chip";
import type { Evaluation } from "@/lib/evaluations/evaluation";

interface EvaluationState {
	/** One or two words for people. */
	word:
		| "passed"
		| "failed"
		| "scored"
		| "unreadable"
		| "pending"
		| "running"
		| "judge failed"
		| "blocked"
		| "over budget";
	tone: Tone;
	Icon: LucideIcon;
	/** The higher, the sooner somebody should look. */
	urgency: number;
}

export const STATES = {
	// The rule had nothing left to spend that day: nobody looked at the span.
	overBudget: { word: "over budget", tone: "neutral", Icon: Ban, urgency: 0 },
	scored: { word: "scored", tone: "neutral", Icon: CircleDot, urgency: 1 },
	passed: { word: "passed", tone: "pass", Icon: Check, urgency: 2 },
	pending: { word: "pending", tone: "neutral", Icon: Clock, urgency: 3 },
	running: { word: "running", tone: "info", Icon: LoaderCircle, urgency: 4 },
	// Waits until somebody mends its connection.
	blocked: { word: "blocked", tone: "warn", Icon: PlugZap, urgency: 5 },
	// The judge's answer had no score: that says nothing about the span.
	unreadable: { word: "unreadable", tone: "warn", Icon: CircleHelp, urgency: 6 },
	// The judge could not be asked: neither does that.
	judgeFailed: { word: "judge failed", tone: "warn", Icon: CircleAlert, urgency: 7 },
	failed: { word: "failed", tone: "fail", Icon: X, urgency: 8 },
} as const satisfies Record<string, EvaluationState>;

/** What an evaluation means to people. */
export function evaluationState(evaluation: Evaluation): EvaluationState {
	switch (evaluation.status) {
		case "PENDING":
			return STATES.pending;
		case "CLAIMED":
			return STATES.running;
		case "BLOCKED":
			return STATES.blocked;
		case "OVER_BUDGET":
			return STATES.overBudget;
		case "FAILED":
			return STATES.judgeFailed;
		case "SUCCEEDED":
			if (evaluation.parseFailed) return STATES.unreadable;
			if (evaluation.success === null) return STATES.scored;
			return evaluation.success ? STATES.passed : STATES.failed;
	}
}
