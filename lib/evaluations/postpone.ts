import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { EvaluationTask } from "@/lib/db/generated/client";
import type { Outcome } from "@/lib/evaluations/run-task";

/** Puts a task off that nobody holds: what it waits for costs no attempt. */
export async function postpone({ id }: EvaluationTask, waitMs: number, now: Date): Promise<Outcome> {
	const afterMs = Math.max(1, Math.ceil(waitMs));
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id, status: "PENDING" },
			data: { notBefore: new Date(now.getTime() + afterMs), dispatchedAt: null },
		}),
	);
	return { status: "retry", afterMs };
}

/** Ends a task that the rule's budget of the day does not allow. */
export async function stopOverBudget({ id }: EvaluationTask, reason: string, now: Date): Promise<Outcome> {
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id, status: "PENDING" },
			data: { status: "OVER_BUDGET", lastError: reason, lastErrorKind: null, completedAt: now },
		}),
	);
	return { status: "ended" };
}
