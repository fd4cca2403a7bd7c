import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { DAY_MS } from "@/lib/time";

const KEPT_DAYS = 30;

/**
 * Deletes changes of alerts that are older than 30 days. An alert keeps its last one, which numbers the next, and the last
 * one that receivers were told, which says what they are told next. Returns how many.
 */
export function pruneTransitions(now: Date = new Date()): Promise<number> {
	const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
	return withDatabase(
		() => db().$executeRaw`
			DELETE FROM alert_transitions AS old
			USING (
				SELECT alert_id, max(seq) AS last,
					max(seq) FILTER (WHERE NOT muted AND ("from" = 'FIRING' OR "to" = 'FIRING')) AS last_told
				FROM alert_transitions
				GROUP BY alert_id
			) AS kept
			WHERE old.alert_id = kept.alert_id AND old.at < ${before}
				AND old.seq <> kept.last AND old.seq IS DISTINCT FROM kept.last_told`,
	);
}
