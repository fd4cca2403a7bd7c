import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { env } from "@/lib/env";
import { INTERRUPTED } from "@/lib/evaluations/claim-task";
import { recordSpend } from "@/lib/evaluations/record-spend";

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
