import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { DAY_MS } from "@/lib/time";

const KEPT_DAYS = 30;

/** Deletes deliveries that ended and are older than 30 days. Returns how many. */
export async function pruneDeliveries(now: Date = new Date()): Promise<number> {
	const { count } = await withDatabase(() =>
		db().webhookDelivery.deleteMany({
			where: { status: { not: "PENDING" }, completedAt: { lt: new Date(now.getTime() - KEPT_DAYS * DAY_MS) } },
		}),
	);
	return count;
}
