import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/** Ends a task that a run could not cope with: one that waits, or that this run holds. */
export async function failUnexpectedly(id: string, runId: string, now: Date = new Date()): Promise<void> {
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id, OR: [{ status: "PENDING" }, { status: "CLAIMED", claimToken: { startsWith: `${runId}:` } }] },
			data: {
				status: "FAILED",
				lastError: "The evaluation failed unexpectedly",
				lastErrorKind: null,
				completedAt: now,
				claimToken: null,
				reservedUsd: 0,
			},
		}),
	);
}
