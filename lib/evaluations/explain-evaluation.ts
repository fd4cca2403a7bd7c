import type { DecisionState } from "@/lib/evaluations/decision";
import type { Evaluation } from "@/lib/evaluations/evaluation";

/** What the state of an evaluation means for its decision. */
export function explainEvaluation(evaluation: Evaluation, now: Date): { state: DecisionState; reason: string } {
	const { status, attempts, lastError, notBefore } = evaluation;
	if (!evaluation.current)
		return { state: "replaced", reason: `Replaced by a later decision; it was ${verdictOf(evaluation)}` };
	const after = notBefore && notBefore > now ? `not before ${notBefore.toISOString()}` : "next";
	switch (status) {
		case "PENDING":
			if (evaluation.spanId === "" && attempts === 0 && notBefore && notBefore > now) {
				return {
					state: "waiting_for_quiet",
					reason: `Waits until nothing more of the trace comes; looks again ${after}`,
				};
			}
			if (attempts === 0) return { state: "pending", reason: `Waits for its turn: ${after}` };
			return { state: "pending", reason: `Attempt ${attempts} failed (${lastError}); another follows, ${after}` };
		case "CLAIMED":
			return { state: "running", reason: `Attempt ${attempts} is under way` };
		case "BLOCKED":
			return { state: "blocked", reason: lastError ?? "Its connection can make no call until it is mended and tested" };
		case "OVER_BUDGET":
			return { state: "over_budget", reason: lastError ?? "The rule's budget of the day was used up" };
		case "FAILED":
			return { state: "failed", reason: `${lastError ?? "Failed"} (${attemptsText(attempts)})` };
		case "SUCCEEDED":
			return { state: "done", reason: verdictOf(evaluation) };
	}
}

function verdictOf({ status, score, success, parseFailed, maxScore, ruleVersion, attempts }: Evaluation): string {
	if (status !== "SUCCEEDED") return status.toLowerCase().replace("_", " ");
	if (parseFailed) return `answered without a readable score after ${attemptsText(attempts)}`;
	return `scored ${score} of ${maxScore}, ${success ? "passed" : "failed"}, by version ${ruleVersion} of the rule`;
}

function attemptsText(attempts: number): string {
	return attempts === 1 ? "1 attempt" : `${attempts} attempts`;
}
