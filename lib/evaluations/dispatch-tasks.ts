import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

const BATCH_MAX = 500;

export interface Dispatch {
	taskId: string;
	projectId: string;
	connectionId: string;
	/** Counts how often the task was announced: makes the announcement's id unique. */
	dispatch: number;
}

interface Due {
	projectId?: string;
	/** Announced before this moment, not told to wait beyond it and still pending counts as never announced. */
	lateBefore: Date;
}

/** Pending tasks that nobody was told of, oldest first, at most 500. */
export async function listDueTasks({ projectId, lateBefore }: Due): Promise<Dispatch[]> {
	const rows = await withDatabase(() =>
		db().evaluationTask.findMany({
			where: {
				...(projectId ? { projectId } : {}),
				status: "PENDING",
				OR: [
					{ dispatchedAt: null },
					// The run that waits comes back by itself: it is late when its moment is long past.
					{ dispatchedAt: { lt: lateBefore }, OR: [{ notBefore: null }, { notBefore: { lt: lateBefore } }] },
				],
			},
			select: { id: true, projectId: true, connectionId: true, dispatch: true },
			orderBy: { id: "asc" },
			take: BATCH_MAX,
		}),
	);
	return rows.map(({ id, ...rest }) => ({ taskId: id, ...rest }));
}

/** Notes that tasks were announced. */
export async function markDispatched(taskIds: string[], now: Date = new Date()): Promise<void> {
	await withDatabase(() =>
		db().evaluationTask.updateMany({
			where: { id: { in: taskIds } },
			data: { dispatchedAt: now, dispatch: { increment: 1 } },
		}),
	);
}
