import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { BackfillProgress } from "@/lib/evaluations/backfill";
import { getBackfill } from "@/lib/evaluations/get-backfill";

/**
 * Stops a backfill: nothing more is planned, and what nobody has begun is dropped; where that was to judge anew, the decision
 * before it counts again. Evaluations under way are finished. Without effect on one that was cancelled.
 */
export async function cancelBackfill(projectId: string, id: string, now: Date = new Date()): Promise<BackfillProgress> {
	const { status } = await getBackfill(projectId, id);
	if (status !== "CANCELLED") {
		await withDatabase(() =>
			db().$transaction([
				db().backfill.updateMany({ where: { id }, data: { status: "CANCELLED", endedAt: now } }),
				db().$executeRaw`
					CREATE TEMPORARY TABLE dropped ON COMMIT DROP AS
					SELECT id, rule_id, trace_id, span_id FROM evaluation_tasks
					WHERE backfill_id = ${id}::uuid AND status IN ('PENDING', 'BLOCKED') AND attempts = 0 AND current`,
				db().$executeRaw`
					WITH deleted AS (
						DELETE FROM evaluation_tasks USING dropped
						WHERE evaluation_tasks.id = dropped.id AND status IN ('PENDING', 'BLOCKED') AND attempts = 0
						RETURNING evaluation_tasks.id)
					DELETE FROM dropped WHERE id NOT IN (SELECT id FROM deleted)`,
				db().$executeRaw`
					UPDATE evaluation_tasks SET current = true WHERE id IN (
						SELECT DISTINCT ON (task.rule_id, task.trace_id, task.span_id) task.id
						FROM evaluation_tasks AS task JOIN dropped USING (rule_id, trace_id, span_id)
						WHERE task.current IS NULL
						ORDER BY task.rule_id, task.trace_id, task.span_id, task.created_at DESC)`,
			]),
		);
	}
	return getBackfill(projectId, id);
}
