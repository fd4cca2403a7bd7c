import { Check, CircleAlert, CircleDot, CircleHelp, Clock, LoaderCircle, type LucideIcon, X } from "lucide-react";
import type { Tone } from "@/app/_ui/chip";
import type { Evaluation } from "@/lib/evaluations/evaluation";

interface EvaluationState {
	/** One word for people. */
	word: "passed" | "failed" | "scored" | "unreadable" | "pending" | "running" | "judge failed";
	tone: Tone;
	Icon: LucideIcon;
	/** The higher, the sooner somebody should look. */
	urgency: number;
}

const STATES = {
	scored: { word: "scored", tone: "neutral", Icon: CircleDot, urgency: 0 },
	passed: { word: "passed", tone: "pass", Icon: Check, urgency: 1 },
	pending: { word: "pending", tone: "neutral", Icon: Clock, urgency: 2 },
	running: { word: "running", tone: "info", Icon: LoaderCircle, urgency: 3 },
	// The judge's answer had no score: that says nothing about the span.
	unreadable: { word: "unreadable", tone: "warn", Icon: CircleHelp, urgency: 4 },
	// The judge could not be asked: neither does that.
	judgeFailed: { word: "judge failed", tone: "warn", Icon: CircleAlert, urgency: 5 },
	failed: { word: "failed", tone: "fail", Icon: X, urgency: 6 },
} as const satisfies Record<string, EvaluationState>;

/** What an evaluation means to people. */
export function evaluationState(evaluation: Evaluation): EvaluationState {
	switch (evaluation.status) {
		case "PENDING":
			return STATES.pending;
		case "CLAIMED":
			return STATES.running;
		case "FAILED":
			return STATES.judgeFailed;
		case "SUCCEEDED":
			if (evaluation.parseFailed) return STATES.unreadable;
			if (evaluation.success === null) return STATES.scored;
			return evaluation.success ? STATES.passed : STATES.failed;
	}
}
