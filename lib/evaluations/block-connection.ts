import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/**
 * Opens the breaker of a connection over which no call can succeed any more, such as after a refused key: everything that
 * waits for it is blocked instead of failing one by one. `reason` is for people.
 */
export async function blockConnection(id: string, reason: string, now: Date = new Date()): Promise<void> {
	await withDatabase(() =>
		db().$transaction([
			db().connection.updateMany({ where: { id }, data: { blockedAt: now, blockedReason: reason } }),
			db().evaluationTask.updateMany({
				where: { connectionId: id, status: "PENDING" },
				data: { status: "BLOCKED" },
			}),
		]),
	);
}

/** Tasks that came since the connection was blocked wait with the others, unless it goes on meanwhile. */
export async function blockPendingTasks(connectionId: string): Promise<void> {
	await withDatabase(
		() => db().$executeRaw`
			UPDATE evaluation_tasks SET status = 'BLOCKED'
			WHERE connection_id = ${connectionId}::uuid AND status = 'PENDING' AND EXISTS (
				SELECT 1 FROM connections WHERE id = ${connectionId}::uuid AND blocked_at IS NOT NULL FOR SHARE)`,
	);
}

/** Gives back what is blocked though its connection is not: a crash or a race came in between. Returns how many. */
export async function resumeOrphans(): Promise<number> {
	return withDatabase(
		() => db().$executeRaw`
			UPDATE evaluation_tasks SET status = 'PENDING', dispatched_at = NULL, not_before = NULL
			FROM connections
			WHERE evaluation_tasks.status = 'BLOCKED' AND connections.id = evaluation_tasks.connection_id
				AND connections.blocked_at IS NULL`,
	);
}

/** Closes the breaker: what was blocked is pending again. Returns how many evaluations go on. */
export async function resumeConnection(id: string): Promise<number> {
	const [, resumed] = await withDatabase(() =>
		db().$transaction([
			db().connection.updateMany({ where: { id }, data: { blockedAt: null, blockedReason: null } }),
			db().evaluationTask.updateMany({
				where: { connectionId: id, status: "BLOCKED" },
				data: { status: "PENDING", dispatchedAt: null, notBefore: null },
			}),
		]),
	);
	return resumed.count;
}
