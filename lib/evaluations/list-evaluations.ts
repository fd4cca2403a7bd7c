import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { TaskSnapshot } from "@/lib/evaluations/task-snapshot";

/** Evaluations of the given traces, oldest first; unlinked traces have none. */
export async function listEvaluations({
	projectIds,
	traceIds,
}: {
	projectIds: string[];
	traceIds: string[];
}): Promise<Evaluation[]> {
	if (traceIds.length === 0) return [];
	const rows = await withDatabase(() =>
		db().evaluationTask.findMany({
			where: {
				projectId: { in: projectIds.filter((id) => id !== "") },
				traceId: { in: traceIds },
				expiresAt: { gt: new Date() },
			},
			orderBy: [{ createdAt: "asc" }, { id: "asc" }],
		}),
	);
	return rows.map((row) => {
		const { evaluatorName, minScore, maxScore, threshold } = TaskSnapshot.parse(row.snapshot);
		const { id, projectId, traceId, spanId, ruleId, status, score, success, reason, parseFailed, attempts } = row;
		return {
			...{ id, projectId, traceId, spanId, ruleId, status, score, success, reason, parseFailed, attempts },
			...{ evaluatorName, minScore, maxScore, threshold },
			lastError: row.lastError,
			createdAt: row.createdAt,
			completedAt: row.completedAt,
		};
	});
}
