import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** Takes a thumb or a note back. Another project's, or another trace's, is `not_found`. */
export async function deleteFeedback(
	{ projectId, traceId }: { projectId: string; traceId: string },
	feedbackId: string,
): Promise<void> {
	if (!isUuid(feedbackId)) throw notFound("Feedback");
	try {
		await withDatabase(() => db().feedback.delete({ where: { id: feedbackId, projectId, traceId } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Feedback");
		throw error;
	}
}
