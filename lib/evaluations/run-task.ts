import { takeTurn } from "@/lib/connections/take-turn";
import { testConnection } from "@/lib/connections/test-connection";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { EvaluationTask, Rule } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { blockConnection } from "@/lib/evaluations/block-connection";
import { type Claim, claimTask, isHeld } from "@/lib/evaluations/claim-task";
import { claimWithinBudget, type OverBudget, peekBudget } from "@/lib/evaluations/claim-within-budget";
import { endFailed, endScored, returnBlocked, returnPending } from "@/lib/evaluations/end-task";
import { judge } from "@/lib/evaluations/judge";
import type { Judgement } from "@/lib/evaluations/judgement";
import { type Judging, prepareJudging, questionOf } from "@/lib/evaluations/judging";
import { postpone, stopOverBudget } from "@/lib/evaluations/postpone";
import { retryWait } from "@/lib/evaluations/retry-wait";
import { settledAt } from "@/lib/evaluations/settled-at";
import { writeAgain } from "@/lib/evaluations/write-again";
import { decideSuccess } from "@/lib/judge/decide-success";
import { findScore } from "@/lib/scores/find-score";
import { writeScore } from "@/lib/scores/write-score";
import { sleep } from "@/lib/time";
import { together } from "@/lib/together";

/** How an attempt ended: nothing left to do, or not before a wait. A blocked task waits for its connection. */
export type Outcome = { status: "ended" } | { status: "blocked" } | { status: "retry"; afterMs: number };

const ENDED: Outcome = { status: "ended" };
const BLOCKED: Outcome = { status: "blocked" };
// A turn that comes so soon is waited for; a later one is come back for.
const TURN_PATIENCE_MS = 2000;
const BUDGET_PAUSE_MS = 2000;

export interface Attempt {
	taskId: string;
	/** Identity of the caller's run: it may take back a task that it held when the process died. */
	runId: string;
	timeoutMs?: number;
	random?: () => number;
	/** When the attempt begins. */
	now?: Date;
}

/**
 * One attempt at one task: wait until its trace is quiet, for the connection's turn and within the rule's budget; claim;
 * judge; keep the score (ClickHouse, replacing by task id) and end the task. Only the holder of the claim can end it, so a
 * run that comes back late doubles nothing. Waiting costs no attempt. Passing trouble of the judge returns the task to
 * pending with the moment before which nobody tries it again; trouble of the connection blocks it. Trouble before the claim
 * costs no attempt either and is thrown as `unavailable`.
 */
export async function runTask(attempt: Attempt): Promise<Outcome> {
	const { taskId, now = new Date() } = attempt;
	const task = (await findTasks([taskId])).get(taskId);
	if (!task || !isOpen(task, attempt.runId, now)) return ENDED;
	if (await wasScored(task)) return ENDED;
	const earlyMs = task.status === "PENDING" && task.notBefore ? task.notBefore.getTime() - now.getTime() : 0;
	if (earlyMs > 0) return later(task, earlyMs, now);
	const unquietMs = await unquiet(task, now);
	if (unquietMs > 0) return later(task, unquietMs, now);
	return attemptAt(task, { ...attempt, now });
}

// What another run is working on is left to it, as `claimTask` decides in the end.
function isOpen({ status, claimToken, claimedAt }: EvaluationTask, runId: string, now: Date): boolean {
	if (status !== "CLAIMED") return status === "PENDING";
	const { SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: timeoutMs } = env();
	return claimToken?.startsWith(`${runId}:`) || (claimedAt?.getTime() ?? 0) < now.getTime() - timeoutMs;
}

type TaskOfRule = EvaluationTask & { rule: Rule | null };

const findTasks = together<string, TaskOfRule>(async (ids) => {
	const rows = await withDatabase(() =>
		db().evaluationTask.findMany({ where: { id: { in: [...ids] } }, include: { rule: true } }),
	);
	return new Map(rows.map((row) => [row.id, row]));
});

// A crash between the score and the end of the task: what was paid for is not bought again.
async function wasScored(task: TaskOfRule): Promise<boolean> {
	if (task.status !== "CLAIMED" || !task.claimToken) return false;
	const kept = await findScore(task);
	if (kept) await endScored({ task, token: task.claimToken }, kept.verdict, kept.used, new Date());
	return kept !== null;
}

async function unquiet(task: TaskOfRule, now: Date): Promise<number> {
	if (task.spanId !== "" || !task.rule || task.attempts > 0) return 0;
	const settled = await settledAt(task, task.rule);
	return settled ? settled.getTime() - now.getTime() : 0;
}

async function attemptAt(
	task: TaskOfRule,
	{ runId, timeoutMs = env().SPANWISE_JUDGE_TIMEOUT_MS, random = Math.random, now }: Attempt & { now: Date },
): Promise<Outcome> {
	const prepared = await prepareJudging(await questionOf(task));
	const judging = withoutPrice(prepared, task.rule);
	const { id: taskId, rule } = task;
	// Without a lock, so that no turn is spent on what the budget will not allow.
	const over = rule && (await peekBudget({ taskId, now, rule, estimateUsd: judging.estimateUsd }));
	if (over) return stopOrWait(task, over, now);
	if (judging.connection && judging.fault === null) {
		const turn = await takeTurn(judging.connection, TURN_PATIENCE_MS);
		if (!turn.taken) return later(task, turn.waitMs, now);
		await sleep(turn.waitMs);
	}
	const claim = rule
		? await claimWithinBudget({ taskId, runId, now, rule, estimateUsd: judging.estimateUsd })
		: await claimTask({ taskId, runId, now });
	if (!claim) return ENDED;
	if ("over" in claim) return stopOrWait(task, claim, now);
	const result = await judge(judging, { attempt: claim.task.attempts, timeoutMs });
	if ("verdict" in result) return keep(claim, judging, result);
	const { trouble, used, retryable, ofConnection, retryAfterMs } = result;
	// Some providers refuse one prompt in the words of a refused key: only who answers nothing else is blocked.
	if (ofConnection && task.connectionId && !(await testConnection(task.connectionId)).ok) {
		await blockConnection(task.connectionId, trouble.lastError);
		await returnBlocked(claim, trouble, used, new Date());
		return BLOCKED;
	}
	if (!retryable || claim.task.attempts >= env().SPANWISE_TRACE_EVAL_MAX_ATTEMPTS) {
		await writeAgain(() => endFailed(claim, trouble, used, new Date()));
		return ENDED;
	}
	const waitMs = retryWait({ kind: trouble.lastErrorKind ?? undefined, retryAfterMs }, claim.task.attempts, random);
	await writeAgain(() => returnPending(claim, { trouble, used, waitMs, now: new Date() }));
	return { status: "retry", afterMs: waitMs };
}

async function stopOrWait(task: EvaluationTask, over: OverBudget, now: Date): Promise<Outcome> {
	if (over.over === "now") return later(task, BUDGET_PAUSE_MS, now);
	await stopOverBudget(task.id, over.reason, now);
	return ENDED;
}

// Unknown is not free: where money is limited, nothing is bought without a price.
function withoutPrice(judging: Judging, rule: Rule | null): Judging {
	if (judging.estimateUsd !== null || judging.fault !== null || (rule?.dailyBudgetUsd ?? null) === null) return judging;
	const model = judging.connection?.model ?? "the model";
	const fault = `No price is known for ${model}, so the rule's budget in dollars cannot be kept: give it a price of your own`;
	return { ...judging, fault };
}

async function later({ id }: EvaluationTask, waitMs: number, now: Date): Promise<Outcome> {
	const afterMs = Math.max(1, Math.ceil(waitMs));
	await postpone(id, new Date(now.getTime() + afterMs));
	return { status: "retry", afterMs };
}

async function keep(claim: Claim, { question, span }: Judging, { verdict, used }: Judgement): Promise<Outcome> {
	const { task } = claim;
	const { snapshot } = question;
	const { score, reason, parseFailed } = verdict;
	if (!(await isHeld(claim))) return ENDED;
	const now = new Date();
	const success = verdict.passed ?? decideSuccess(verdict, snapshot.threshold);
	await writeAgain(() =>
		writeScore({
			evaluationId: task.id,
			projectId: task.projectId,
			traceId: task.traceId,
			spanId: task.spanId,
			ruleId: task.ruleId,
			ruleVersion: task.ruleVersion,
			evaluatorName: snapshot.evaluatorName,
			score,
			scoreMin: snapshot.minScore,
			scoreMax: snapshot.maxScore,
			threshold: snapshot.threshold,
			success,
			parseFailed,
			reason,
			model: used.model ?? "",
			costUsd: used.costUsd,
			latencyMs: used.latencyMs,
			judgeTraceId: used.judgeTraceId,
			attempt: task.attempts,
			scoredAt: now,
			expiresAt: span?.expiresAt ?? task.expiresAt,
		}),
	);
	await writeAgain(() => endScored(claim, { score, reason, parseFailed, success }, used, now));
	return ENDED;
}
