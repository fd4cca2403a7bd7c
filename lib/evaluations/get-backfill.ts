import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Backfill } from "@/lib/db/generated/client";
import { notFound } from "@/lib/errors";
import type { BackfillProgress } from "@/lib/evaluations/backfill";
import { isUuid } from "@/lib/ids";

/** A backfill of a project; another project's is `not_found`. */
export async function getBackfill(projectId: string, id: string): Promise<BackfillProgress> {
	const row = isUuid(id) ? await withDatabase(() => db().backfill.findFirst({ where: { id, projectId } })) : null;
	if (!row) throw notFound("Backfill");
	const [progress] = await withProgress([row]);
	if (!progress) throw notFound("Backfill");
	return progress;
}

/** Adds what became of the evaluations that backfills made. */
export async function withProgress(rows: readonly Backfill[]): Promise<BackfillProgress[]> {
	const counts = await withDatabase(() =>
		db().evaluationTask.groupBy({
			by: ["backfillId", "status"],
			where: { backfillId: { in: rows.map(({ id }) => id) } },
			_count: { _all: true },
		}),
	);
	return rows.map(({ filter: _, position: __, requestId: ___, ...row }) => {
		const count = (...statuses: string[]) =>
			counts
				.filter(({ backfillId, status }) => backfillId === row.id && statuses.includes(status))
				.reduce((sum, { _count }) => sum + _count._all, 0);
		const failed = count("FAILED");
		return {
			...row,
			ended: count("SUCCEEDED") + failed,
			failed,
			overBudget: count("OVER_BUDGET"),
			open: count("PENDING", "CLAIMED", "BLOCKED"),
		};
	});
}
