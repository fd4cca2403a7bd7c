import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { BackfillProgress } from "@/lib/evaluations/backfill";
import { withProgress } from "@/lib/evaluations/get-backfill";

const SHOWN = 20;

/** The last backfills of a rule, the newest first, at most 20. */
export async function listBackfills(projectId: string, ruleId: string): Promise<BackfillProgress[]> {
	const rows = await withDatabase(() =>
		db().backfill.findMany({ where: { projectId, ruleId }, orderBy: { createdAt: "desc" }, take: SHOWN }),
	);
	return withProgress(rows);
}

/** Ids of backfills that are not through yet. */
export async function listRunningBackfills(): Promise<string[]> {
	const rows = await withDatabase(() =>
		db().backfill.findMany({ where: { status: "RUNNING" }, select: { id: true }, orderBy: { id: "asc" } }),
	);
	return rows.map(({ id }) => id);
}
