import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { fromTaskRow } from "@/lib/evaluations/task-row";

/** The current evaluations of the given traces, oldest first; unlinked traces have none. */
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
				current: true,
				expiresAt: { gt: new Date() },
			},
			orderBy: [{ createdAt: "asc" }, { id: "asc" }],
		}),
	);
	return rows.map(fromTaskRow);
}
