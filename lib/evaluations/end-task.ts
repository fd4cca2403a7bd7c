import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Claim } from "@/lib/evaluations/claim-task";
import { recordSpend } from "@/lib/evaluations/record-spend";
import type { ModelErrorKind } from "@/lib/llm/model-error";

/** What went wrong, fit to be kept. */
export interface Trouble {
	lastError: string;
	lastErrorKind: ModelErrorKind | null;
}

/** What an attempt used, whether it brought a score or not. */
export interface Used {
	model: string | null;
	/** US dollars; null when unknown. */
	costUsd: number | null;
	latencyMs: number | null;
	judgeTraceId: string | null;
}

export const UNUSED: Used = { model: null, costUsd: null, latencyMs: null, judgeTraceId: null };

/** A score ends the task. */
export async function endScored(
	claim: Claim,
	verdict: { score: number; success: boolean; reason: string; parseFailed: boolean },
	used: Used,
	now: Date,
): Promise<void> {
	const reason = postgresText(verdict.reason);
	const data = { ...verdict, reason, status: "SUCCEEDED" as const, lastError: null, lastErrorKind: null };
	await leave(claim, { ...data, ...total(claim, used), completedAt: now }, { used, ended: true, now });
}

/** The task has failed for good. */
export async function endFailed(claim: Claim, trouble: Trouble, used: Used, now: Date): Promise<void> {
	const lastError = postgresText(trouble.lastError);
	const data = { ...trouble, lastError, status: "FAILED" as const };
	await leave(claim, { ...data, ...total(claim, used), completedAt: now }, { used, ended: true, now });
}

/** Another attempt may follow, not before `waitMs` milliseconds have passed. */
export async function returnPending(
	claim: Claim,
	{ trouble, used, waitMs, now }: { trouble: Trouble; used: Used; waitMs: number; now: Date },
): Promise<void> {
	const lastError = postgresText(trouble.lastError);
	const notBefore = new Date(now.getTime() + waitMs);
	const data = { ...trouble, lastError, status: "PENDING" as const, notBefore, dispatchedAt: null };
	await leave(claim, { ...data, ...total(claim, used), claimedAt: null }, { used, ended: false, now });
}

/** No attempt was possible over its connection, so none is counted: the task waits until the connection is mended. */
export async function returnBlocked(claim: Claim, trouble: Trouble, used: Used, now: Date): Promise<void> {
	const lastError = postgresText(trouble.lastError);
	const data = { ...trouble, lastError, status: "BLOCKED" as const, attempts: { decrement: 1 }, claimedAt: null };
	await leave(claim, { ...data, ...total(claim, used) }, { used, ended: false, now });
}

// Only the holder of the claim writes, so a run that comes back late doubles nothing.
async function leave(
	{ task, token }: Claim,
	data: object,
	{ used, ended, now }: { used: Used; ended: boolean; now: Date },
): Promise<void> {
	const { count } = await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id: task.id, status: "CLAIMED", claimToken: token },
			data: { ...data, claimToken: null, reservedUsd: 0 },
		}),
	);
	if (count === 1 && task.ruleId && (ended || used.costUsd)) {
		await recordSpend(task.ruleId, { usd: used.costUsd ?? 0, count: ended ? 1 : 0 }, now);
	}
}

// A task's cost is that of all its attempts.
function total({ task }: Claim, used: Used): Partial<Used> {
	if (used === UNUSED) return {};
	const costUsd = used.costUsd === null ? task.costUsd : (task.costUsd ?? 0) + used.costUsd;
	return { ...used, costUsd };
}

// Postgres text holds no NUL; model answers do.
function postgresText(text: string): string {
	return text.replaceAll("\0", "\uFFFD").toWellFormed();
}
