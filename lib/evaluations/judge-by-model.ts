import { rememberForm } from "@/lib/connections/remember-form";
import { takeTurn } from "@/lib/connections/take-turn";
import { isAppError } from "@/lib/errors";
import type { Used } from "@/lib/evaluations/end-task";
import type { Judgement, JudgingTrouble } from "@/lib/evaluations/judgement";
import type { Judging } from "@/lib/evaluations/judging";
import { recordJudgeCalls } from "@/lib/evaluations/record-judge-calls";
import { askJudge } from "@/lib/judge/ask-judge";
import { isAskJudgeError } from "@/lib/judge/ask-judge-error";
import type { JudgeCall } from "@/lib/judge/judge-call";
import { isModelError, ModelError, scrubError } from "@/lib/llm/model-error";
import { sleep } from "@/lib/time";

// Whoever asks a second time waits longer than a newcomer: the attempt is begun.
const TURN_PATIENCE_MS = 20_000;

/**
 * Asks the connection's model; its calls, answered or not, are stored as a trace of their own. The first call has its turn
 * already, each further one takes another.
 */
export async function judgeByModel(
	judging: Judging,
	{ attempt, timeoutMs }: { attempt: number; timeoutMs: number },
): Promise<Judgement | JudgingTrouble> {
	const { connection, judged, prompt, question } = judging;
	if (!connection || !judged) throw new Error("A model judges only what was prepared for it");
	const { minScore, maxScore } = question.snapshot;
	let calls = 0;
	const beforeCall = async () => {
		if (calls++ > 0) await takeAnotherTurn(connection);
	};
	const used = (made: readonly JudgeCall[]) => usedBy(judging, made, attempt);
	try {
		const asked = await askJudge({
			endpoint: connection,
			form: connection.answerForm,
			prompt,
			minScore,
			maxScore,
			timeoutMs,
			beforeCall,
		});
		if (asked.form !== connection.answerForm) await rememberForm(connection.id, asked.form);
		return { verdict: asked.verdict, used: await used(asked.calls) };
	} catch (thrown) {
		const error = isAskJudgeError(thrown) ? thrown.cause : thrown;
		if (!isModelError(error) && isAppError(error) && error.retryable) throw error;
		const known = isModelError(error) || isAppError(error) ? error : undefined;
		const texts = [judged.span.input, judged.span.output, prompt].filter((text) => text !== null);
		const message = known?.message ?? "The evaluation failed unexpectedly";
		return {
			trouble: {
				lastError: scrubError(message, texts, [connection.key.reveal()]),
				lastErrorKind: isModelError(error) ? error.kind : null,
			},
			used: await used(isAskJudgeError(thrown) ? thrown.calls : []),
			retryable: known?.retryable ?? false,
			ofConnection: isModelError(error) && error.ofConnection,
			retryAfterMs: known?.retryAfterMs,
		};
	}
}

async function takeAnotherTurn(connection: { id: string; requestsPerMinute: number | null }): Promise<void> {
	const { taken, waitMs } = await takeTurn(connection, TURN_PATIENCE_MS);
	if (!taken)
		throw new ModelError("The connection's own limit leaves no room for another call", "rate_limited", waitMs);
	await sleep(waitMs);
}

async function usedBy(
	{ connection, question, span }: Judging,
	calls: readonly JudgeCall[],
	attempt: number,
): Promise<Used> {
	const model = calls.at(-1)?.model ?? connection?.model ?? null;
	const latencyMs = calls.length > 0 ? calls.reduce((sum, call) => sum + call.latencyMs, 0) : null;
	const { id, projectId, traceId, ruleId, snapshot } = question;
	const recorded = await recordJudgeCalls({
		projectId,
		evaluationId: id,
		attempt,
		ruleId,
		calls,
		ruleName: snapshot.ruleName,
		evaluatorName: snapshot.evaluatorName,
		judgedTraceId: traceId,
		judgedSpanId: span?.spanId ?? "",
		baseUrl: connection?.baseUrl ?? "",
		model: connection?.model ?? "",
		expiresAt: span?.expiresAt ?? new Date(),
	});
	return { model, latencyMs, costUsd: recorded.costUsd, judgeTraceId: recorded.traceId };
}
