import { z } from "zod";
import type { Alert } from "@/lib/alerts/alert";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

const MINUTE_MS = 60_000;
const MINUTES_MAX = 43_200;

export const MuteInput = z.object({
	minutes: z
		.int("must be a whole number")
		.min(1, "must be at least 1")
		.max(MINUTES_MAX, `must be at most ${MINUTES_MAX}, which is 30 days`),
});

/**
 * Tells nobody of an alert's changes for so long from now. They are noted, and what still holds at the end is told then.
 * Another project's is `not_found`.
 */
export async function muteAlert(
	projectId: string,
	alertId: string,
	minutes: number,
	now: Date = new Date(),
): Promise<Alert> {
	if (!isUuid(alertId)) throw notFound("Alert");
	const mutedUntil = new Date(now.getTime() + minutes * MINUTE_MS);
	try {
		return await withDatabase(() => db().alert.update({ where: { id: alertId, projectId }, data: { mutedUntil } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Alert");
		throw error;
	}
}
