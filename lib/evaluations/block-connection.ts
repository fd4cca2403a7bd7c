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
			blockTasks(id),
		]),
	);
}

/** Tasks that came since the connection was blocked wait with the others. */
export async function blockPendingTasks(connectionId: string): Promise<void> {
	await withDatabase(() => blockTasks(connectionId));
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

function blockTasks(connectionId: string) {
	return db().evaluationTask.updateMany({ where: { connectionId, status: "PENDING" }, data: { status: "BLOCKED" } });
}
