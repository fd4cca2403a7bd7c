import { openConnection } from "@/lib/connections/open-connection";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { env } from "@/lib/env";
import { isAppError } from "@/lib/errors";
import { type Claim, claimTask, isHeld } from "@/lib/evaluations/claim-task";
import { retryWait } from "@/lib/evaluations/retry-wait";
import { TaskSnapshot } from "@/lib/evaluations/task-snapshot";
import { decideSuccess } from "@/lib/judge/decide-success";
import { parseVerdict } from "@/lib/judge/parse-verdict";
import { renderPrompt } from "@/lib/judge/render-prompt";
import { askModel, MODEL_TIMEOUT_MS } from "@/lib/llm/ask-model";
import type { ModelEndpoint } from "@/lib/llm/model-endpoint";
import { isModelError, type ModelErrorKind, scrubError } from "@/lib/llm/model-error";
import { writeScore } from "@/lib/scores/write-score";
import { findSpan } from "@/lib/traces/find-span";
import type { StoredSpan } from "@/lib/traces/trace";

/** How an attempt ended: nothing left to do, or try again after a wait. */
export type Outcome = { status: "ended" } | { status: "retry"; afterMs: number };

const ENDED: Outcome = { status: "ended" };

interface Attempt {
	taskId: string;
	/** Identity of the caller's run: it may take back a task that it held when the process died. */
	runId: string;
	timeoutMs?: number;
	random?: () => number;
	/** When the attempt begins. */
	now?: Date;
}

/** What went wrong, fit to be kept. */
interface Trouble {
	lastError: string;
	lastErrorKind: ModelErrorKind | null;
}

/**
 * One attempt at one task: claim, ask the judge, keep the score (ClickHouse, replacing by task id) and end the task. Only
 * the holder of the claim can end it, so a run that comes back late doubles nothing. Every call to the model is an attempt.
 * Passing trouble returns the task to pending with the moment before which nobody tries it again; a run that comes earlier
 * is told how long to wait, at no attempt. Trouble before the claim costs none either and is thrown as `unavailable`.
 */
export async function runTask({
	taskId,
	runId,
	timeoutMs = MODEL_TIMEOUT_MS,
	random = Math.random,
	now = new Date(),
}: Attempt): Promise<Outcome> {
	const task = await withDatabase(() => db().evaluationTask.findUnique({ where: { id: taskId } }));
	if (!task || task.status === "SUCCEEDED" || task.status === "FAILED") return ENDED;
	const earlyMs = task.status === "PENDING" && task.notBefore ? task.notBefore.getTime() - now.getTime() : 0;
	if (earlyMs > 0) return { status: "retry", afterMs: earlyMs };
	const span = await findSpan(task.projectId, task.traceId, task.spanId);
	const claim = await claimTask(taskId, runId, now);
	if (!claim) return ENDED;
	if (!span) return endFailed(claim, { lastError: "The span is no longer stored", lastErrorKind: null });
	const snapshot = TaskSnapshot.parse(claim.task.snapshot);
	// What a reader sees of the span: some senders put a whole request as JSON where the raw text is read from.
	const prompt = renderPrompt({
		...snapshot,
		input: span.inputText ?? span.input,
		output: span.outputText ?? span.output,
	});
	let endpoint: ModelEndpoint | undefined;
	try {
		endpoint = await openConnection(task.connectionId);
		const verdict = parseVerdict(await askModel(endpoint, prompt, timeoutMs));
		// A judge that repeats its own request headers must not put the key on the page.
		const reason = verdict.reason.replaceAll(endpoint.key.reveal(), "[redacted]");
		return await endScored(claim, span, snapshot, endpoint.model, { ...verdict, reason });
	} catch (error) {
		const known = isModelError(error) || isAppError(error) ? error : undefined;
		const texts = [span.input, span.output, span.inputText, span.outputText].filter((text) => text !== null);
		const trouble = {
			lastError: scrubError(
				known?.message ?? "The evaluation failed unexpectedly",
				texts,
				endpoint ? [endpoint.key.reveal()] : [],
			),
			lastErrorKind: isModelError(error) ? error.kind : null,
		};
		if (!known?.retryable || claim.task.attempts >= env().SPANWISE_TRACE_EVAL_MAX_ATTEMPTS) {
			return endFailed(claim, trouble);
		}
		const { retryAfterMs } = known;
		const waitMs = retryWait({ kind: trouble.lastErrorKind ?? undefined, retryAfterMs }, claim.task.attempts, random);
		return returnPending(claim, trouble, waitMs);
	}
}

async function endScored(
	{ task, token }: Claim,
	span: StoredSpan,
	snapshot: TaskSnapshot,
	model: string,
	verdict: { score: number; reason: string; parseFailed: boolean },
): Promise<Outcome> {
	if (!(await isHeld(task.id, token))) return ENDED;
	const now = new Date();
	const success = decideSuccess(verdict, snapshot.threshold);
	await writeScore({
		evaluationId: task.id,
		projectId: task.projectId,
		traceId: task.traceId,
		spanId: task.spanId,
		ruleId: task.ruleId,
		evaluatorName: snapshot.evaluatorName,
		score: verdict.score,
		scoreMin: snapshot.minScore,
		scoreMax: snapshot.maxScore,
		threshold: snapshot.threshold,
		success,
		parseFailed: verdict.parseFailed,
		reason: verdict.reason,
		model,
		attempt: task.attempts,
		scoredAt: now,
		expiresAt: span.expiresAt,
	});
	return end(
		{ task, token },
		{
			...verdict,
			reason: postgresText(verdict.reason),
			success,
			status: "SUCCEEDED",
			lastError: null,
			lastErrorKind: null,
		},
		now,
	);
}

function endFailed(claim: Claim, { lastError, lastErrorKind }: Trouble): Promise<Outcome> {
	return end(claim, { status: "FAILED", lastError: postgresText(lastError), lastErrorKind }, new Date());
}

async function end(claim: Claim, data: object, now: Date): Promise<Outcome> {
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id: claim.task.id, status: "CLAIMED", claimToken: claim.token },
			data: { ...data, completedAt: now, claimToken: null },
		}),
	);
	return ENDED;
}

async function returnPending(claim: Claim, trouble: Trouble, waitMs: number): Promise<Outcome> {
	const { lastErrorKind } = trouble;
	const lastError = postgresText(trouble.lastError);
	const notBefore = new Date(Date.now() + waitMs);
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id: claim.task.id, status: "CLAIMED", claimToken: claim.token },
			data: { status: "PENDING", lastError, lastErrorKind, notBefore, claimToken: null, claimedAt: null },
		}),
	);
	return { status: "retry", afterMs: waitMs };
}

// Postgres text holds no NUL; model answers do.
function postgresText(text: string): string {
	return text.replaceAll("\0", "\uFFFD").toWellFormed();
}
