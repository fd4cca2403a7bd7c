import { db } from "@/lib/db/client";

/** Deletes runs that ended, and events that arrived, before a moment. What still runs is kept, however old. */
export async function pruneEngine(olderThan: Date): Promise<{ runs: number; events: number }> {
	const runs = await db().engineRun.deleteMany({ where: { endedAt: { lt: olderThan } } });
	const events = await db().engineEvent.deleteMany({ where: { receivedAt: { lt: olderThan } } });
	return { runs: runs.count, events: events.count };
}
