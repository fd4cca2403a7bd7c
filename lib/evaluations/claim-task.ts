import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { EvaluationTask } from "@/lib/db/generated/client";
import { env } from "@/lib/env";

export interface Claim {
	task: EvaluationTask;
	token: string;
}

/**
 * Takes a task for one attempt, atomically: when it is pending and need not wait, when the same run held it before a crash,
 * or when its claim is older than the time-out. Null when somebody else has it or it has ended. A task interrupted on its
 * last attempt ends FAILED instead of waiting for ever.
 */
export async function claimTask(taskId: string, runId: string, now: Date = new Date()): Promise<Claim | null> {
	const { SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: attemptsMax, SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: timeoutMs } = env();
	const abandoned = {
		status: "CLAIMED" as const,
		OR: [{ claimToken: { startsWith: `${runId}:` } }, { claimedAt: { lt: new Date(now.getTime() - timeoutMs) } }],
	};
	const waited = { status: "PENDING" as const, OR: [{ notBefore: null }, { notBefore: { lte: now } }] };
	const token = `${runId}:${randomUUID()}`;
	const [task] = await withDatabase(() =>
		db().evaluationTask.updateManyAndReturn({
			where: { id: taskId, attempts: { lt: attemptsMax }, OR: [waited, abandoned] },
			data: { status: "CLAIMED", claimToken: token, claimedAt: now, notBefore: null, attempts: { increment: 1 } },
		}),
	);
	if (task) return { task, token };
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id: taskId, attempts: { gte: attemptsMax }, OR: [{ status: "PENDING" }, abandoned] },
			data: {
				status: "FAILED",
				lastError: "Interrupted on the last attempt",
				lastErrorKind: null,
				completedAt: now,
				claimToken: null,
			},
		}),
	);
	return null;
}

/** True while the claim is the task's current one. */
export async function isHeld(taskId: string, token: string): Promise<boolean> {
	const held = await withDatabase(() =>
		db().evaluationTask.count({ where: { id: taskId, status: "CLAIMED", claimToken: token } }),
	);
	return held === 1;
}

/** Returns claims older than the time-out to PENDING, or ends them when no attempt is left. Returns how many it touched. */
export async function reclaimStaleTasks(now: Date = new Date()): Promise<number> {
	const { SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: attemptsMax, SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: timeoutMs } = env();
	const stale = { status: "CLAIMED" as const, claimedAt: { lt: new Date(now.getTime() - timeoutMs) } };
	const [ended, returned] = await withDatabase(() =>
		db().$transaction([
			db().evaluationTask.updateMany({
				where: { ...stale, attempts: { gte: attemptsMax } },
				data: {
					status: "FAILED",
					lastError: "Interrupted on the last attempt",
					lastErrorKind: null,
					completedAt: now,
					claimToken: null,
				},
			}),
			db().evaluationTask.updateMany({
				where: stale,
				data: { status: "PENDING", claimToken: null, claimedAt: null, dispatchedAt: null },
			}),
		]),
	);
	return ended.count + returned.count;
}
