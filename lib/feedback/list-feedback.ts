import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Feedback } from "@/lib/feedback/feedback";

/** More on one trace is no reading any more; the latest are kept. */
const LISTED_MAX = 1_000;

/** The feedback on a trace and on its spans, oldest first; a trace of no project has none. */
export async function listFeedback({
	projectId,
	traceId,
}: {
	projectId: string;
	traceId: string;
}): Promise<Feedback[]> {
	if (projectId === "") return [];
	const latest = await withDatabase(() =>
		db().feedback.findMany({
			where: { projectId, traceId, expiresAt: { gt: new Date() } },
			orderBy: [{ createdAt: "desc" }, { id: "desc" }],
			take: LISTED_MAX,
			omit: { expiresAt: true },
		}),
	);
	return latest.reverse();
}
