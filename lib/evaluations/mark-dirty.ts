import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/** Notes that a project got spans which no match has looked at; returns the note's number. */
export async function markDirty(projectId: string): Promise<bigint> {
	const cursor = await withDatabase(() =>
		db().matchCursor.upsert({
			where: { projectId },
			create: { projectId, dirtySeq: 1n },
			update: { dirtySeq: { increment: 1n } },
		}),
	);
	return cursor.dirtySeq;
}
