import { checkAssertion } from "@/lib/checks/check-assertion";
import { isCodeError } from "@/lib/checks/code-error";
import { runCode } from "@/lib/checks/run-code";
import { isAppError } from "@/lib/errors";
import { UNUSED } from "@/lib/evaluations/end-task";
import { judgeByModel } from "@/lib/evaluations/judge-by-model";
import { type Judgement, type JudgingTrouble, trouble } from "@/lib/evaluations/judgement";
import { type Judging, subjectTexts } from "@/lib/evaluations/judging";
import { judgedValue } from "@/lib/judge/judged";
import { scrubError } from "@/lib/llm/model-error";

/**
 * Has the evaluator look at what was prepared. Trouble is a result, fit to be kept; nothing is thrown but what stores do.
 * `attempt` counts from 1 and names the trace of a model's calls.
 */
export async function judge(
	judging: Judging,
	{ attempt, timeoutMs }: { attempt: number; timeoutMs: number },
): Promise<Judgement | JudgingTrouble> {
	const { fault, judged, question } = judging;
	const { evaluator } = question;
	if (fault !== null || !judged || !evaluator) return trouble(fault ?? "There is nothing to judge");
	const { minScore, maxScore } = question.snapshot;
	const scoreOf = (passed: boolean) => (passed ? maxScore : minScore);
	switch (evaluator.kind) {
		case "llm_judge":
			return judgeByModel(judging, { attempt, timeoutMs });
		case "assertion": {
			const { passed, reason } = checkAssertion(evaluator.assertion, subjectTexts(question, judged).output ?? "");
			return given({ score: scoreOf(passed), passed, reason: `The output ${reason}` });
		}
		case "code":
			try {
				const { score, reason } = await runCode(evaluator.source, judgedValue(judged));
				const said = reason ?? "No reason provided.";
				if (typeof score === "number") return given({ score, reason: said });
				return given({ score: scoreOf(score), passed: score, reason: said });
			} catch (error) {
				if (isCodeError(error)) return trouble(scrubError(error.message), { retryable: error.kind === "timeout" });
				if (isAppError(error)) return trouble(error.publicMessage, { retryable: error.retryable });
				throw error;
			}
	}
}

function given(verdict: { score: number; reason: string; passed?: boolean }): Judgement {
	return { verdict: { ...verdict, parseFailed: false }, used: UNUSED };
}
