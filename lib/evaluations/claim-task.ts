import { randomUUID } from "node:crypto";
import { db, type Store } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { EvaluationTask } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { recordSpend } from "@/lib/evaluations/record-spend";

export interface Claim {
	task: EvaluationTask;
	token: string;
}

interface Claiming {
	taskId: string;
	/** Identity of the caller's run: it may take back a task that it held when the process died. */
	runId: string;
	now?: Date;
	/** US dollars held back of the rule's budget while the attempt is under way. */
	reservedUsd?: number;
	/** The transaction to claim in. */
	store?: Store;
}

const INTERRUPTED = {
	status: "FAILED" as const,
	lastError: "Interrupted on the last attempt",
	lastErrorKind: null,
	claimToken: null,
	reservedUsd: 0,
};

/**
 * Takes a task for one attempt, atomically: when it is pending and need not wait, when the same run held it before a crash,
 * or when its claim is older than the time-out. Null when somebody else has it or it has ended. A task interrupted on its
 * last attempt ends FAILED instead of waiting for ever.
 */
export async function claimTask({
	taskId,
	runId,
	now = new Date(),
	reservedUsd = 0,
	store = db(),
}: Claiming): Promise<Claim | null> {
	const { SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: attemptsMax, SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: timeoutMs } = env();
	const abandoned = {
		status: "CLAIMED" as const,
		OR: [{ claimToken: { startsWith: `${runId}:` } }, { claimedAt: { lt: new Date(now.getTime() - timeoutMs) } }],
	};
	const waited = { status: "PENDING" as const, OR: [{ notBefore: null }, { notBefore: { lte: now } }] };
	const token = `${runId}:${randomUUID()}`;
	const [task] = await withDatabase(() =>
		store.evaluationTask.updateManyAndReturn({
			where: { id: taskId, attempts: { lt: attemptsMax }, OR: [waited, abandoned] },
			data: {
				...{ status: "CLAIMED", claimToken: token, claimedAt: now, notBefore: null, reservedUsd },
				attempts: { increment: 1 },
			},
		}),
	);
	if (task) return { task, token };
	await withDatabase(() =>
		store.evaluationTask.updateMany({
			where: { id: taskId, attempts: { gte: attemptsMax }, OR: [{ status: "PENDING" }, abandoned] },
			data: { ...INTERRUPTED, completedAt: now },
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

/**
 * Returns claims older than the time-out to PENDING, or ends them when no attempt is left. What was held back of a budget
 * for them counts as spent, for the provider may have answered. Returns how many it touched.
 */
export async function reclaimStaleTasks(now: Date = new Date()): Promise<number> {
	const { SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: attemptsMax, SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: timeoutMs } = env();
	const stale = { status: "CLAIMED" as const, claimedAt: { lt: new Date(now.getTime() - timeoutMs) } };
	const held = await withDatabase(() =>
		db().evaluationTask.findMany({
			where: { ...stale, reservedUsd: { gt: 0 } },
			select: { id: true, ruleId: true, reservedUsd: true, claimToken: true },
		}),
	);
	for (const { id, ruleId, reservedUsd, claimToken } of held) {
		const { count } = await withDatabase(() =>
			db().evaluationTask.updateMany({ where: { id, status: "CLAIMED", claimToken }, data: { reservedUsd: 0 } }),
		);
		if (count === 1 && ruleId) await recordSpend(ruleId, { usd: reservedUsd, count: 0 }, now);
	}
	const [ended, returned] = await withDatabase(() =>
		db().$transaction([
			db().evaluationTask.updateMany({
				where: { ...stale, attempts: { gte: attemptsMax } },
				data: { ...INTERRUPTED, completedAt: now },
			}),
			db().evaluationTask.updateMany({
				where: stale,
				data: { status: "PENDING", claimToken: null, claimedAt: null, dispatchedAt: null },
			}),
		]),
	);
	return ended.count + returned.count;
}
