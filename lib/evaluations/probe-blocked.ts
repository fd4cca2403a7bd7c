import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { testAndResume } from "@/lib/evaluations/test-and-resume";

const EVERY_MS = 10 * 60_000;

/** Tests the connections that have been blocked for ten minutes, and every ten minutes again, for a quota may be filled up. */
export async function probeBlocked(now: Date = new Date()): Promise<void> {
	const blocked = await withDatabase(() =>
		db().connection.findMany({
			where: { blockedAt: { lte: new Date(now.getTime() - EVERY_MS) } },
			select: { id: true },
		}),
	);
	for (const { id } of blocked) {
		const { ok } = await testAndResume(id);
		if (ok) continue;
		await withDatabase(() =>
			db().connection.updateMany({ where: { id, blockedAt: { not: null } }, data: { blockedAt: now } }),
		);
	}
}
