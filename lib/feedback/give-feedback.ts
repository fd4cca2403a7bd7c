import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isForeignKeyViolation } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import type { Feedback, FeedbackInput } from "@/lib/feedback/feedback";

/** The trace that is meant, and when it goes. */
export interface Subject {
	projectId: string;
	traceId: string;
	expiresAt: Date;
}

/**
 * Keeps a thumb or a note for as long as its trace. A thumb takes the place of the one that its author gave the same trace or
 * span before; notes stand beside each other.
 */
export async function giveFeedback(
	{ projectId, traceId, expiresAt }: Subject,
	{ spanId, thumb, note, author }: FeedbackInput,
): Promise<Feedback> {
	const place = { projectId, traceId, spanId: spanId ?? "", author };
	try {
		return await withDatabase(() =>
			db().$transaction(async (tx) => {
				if (thumb !== null) await tx.feedback.deleteMany({ where: { ...place, thumb: { not: null } } });
				return tx.feedback.create({ data: { ...place, thumb, note, expiresAt }, omit: { expiresAt: true } });
			}),
		);
	} catch (error) {
		if (isForeignKeyViolation(error)) throw notFound("Project");
		throw error;
	}
}
