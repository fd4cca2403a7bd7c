import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/** Puts a task off that nobody holds, until `notBefore`: what it waits for costs no attempt. */
export async function postpone(id: string, notBefore: Date): Promise<void> {
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id, status: "PENDING" },
			data: { notBefore, dispatchedAt: null },
		}),
	);
}

/** Ends a task that the rule's budget of the day does not allow. */
export async function stopOverBudget(id: string, reason: string, now: Date): Promise<void> {
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id, status: "PENDING" },
			data: { status: "OVER_BUDGET", lastError: reason, lastErrorKind: null, completedAt: now },
		}),
	);
}
