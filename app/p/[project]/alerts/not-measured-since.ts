import type { Alert } from "@/lib/alerts/alert";

// Alerts are measured each minute; one that takes its turn late is no trouble yet.
const LATE_MS = 3 * 60_000;

/**
 * Since when an enabled alert waits to be measured, so that its state may no longer hold; null while that is at most three
 * minutes ago.
 */
export function notMeasuredSince({ enabled, checkedAt, createdAt }: Alert, now: Date): Date | null {
	const since = checkedAt ?? createdAt;
	return enabled && now.getTime() - since.getTime() > LATE_MS ? since : null;
}
