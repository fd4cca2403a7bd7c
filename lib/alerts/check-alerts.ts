import type { Alert } from "@/lib/alerts/alert";
import { decideState, isRelative, type Measurement } from "@/lib/alerts/decide-state";
import { measureAlert } from "@/lib/alerts/measure-alert";
import { recordCheck } from "@/lib/alerts/record-check";
import { windowsOf } from "@/lib/alerts/time-window";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { toAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

// Less than the minute until the next call. Who was not reached is first then.
const BUDGET_MS = 45_000;
// One whose query runs into its time-out must not hold up the others.
const AT_ONCE = 4;

export interface CheckSummary {
	checked: number;
	/** Not measured, for a store did not answer or the time was up; their state stays. */
	skipped: number;
	/** Deliveries that were queued. */
	queued: number;
}

/**
 * Measures every enabled alert, the one checked longest ago first, and notes what it says: see `recordCheck`. An alert that
 * cannot be measured is left as it is, with the moment of its last check, so an outage neither fires nor resolves anything.
 */
export async function checkAlerts(now: Date = new Date()): Promise<CheckSummary> {
	const alerts: Alert[] = await withDatabase(() =>
		db().alert.findMany({
			where: { enabled: true },
			orderBy: [{ checkedAt: { sort: "asc", nulls: "first" } }, { id: "asc" }],
		}),
	);
	const deadline = performance.now() + BUDGET_MS;
	const summary = { checked: 0, skipped: 0, queued: 0 };
	for (let start = 0; start < alerts.length; start += AT_ONCE) {
		const late = performance.now() > deadline;
		const turn = alerts.slice(start, start + AT_ONCE);
		const outcomes = await Promise.all(turn.map((alert) => (late ? null : check(alert, now))));
		for (const outcome of outcomes) {
			if (outcome === null) summary.skipped += 1;
			else {
				summary.checked += 1;
				summary.queued += outcome.queued;
			}
		}
	}
	return summary;
}

/** Null when the alert could not be measured. */
async function check(alert: Alert, now: Date): Promise<{ queued: number } | null> {
	const measured = await measure(alert, now);
	if (measured === null) return null;
	const { current, before } = measured;
	const state = decideState(alert, current, before);
	return { queued: await recordCheck({ alert, state, value: current.value, baseline: before?.value ?? null, now }) };
}

async function measure(alert: Alert, now: Date): Promise<{ current: Measurement; before: Measurement | null } | null> {
	const windows = windowsOf(alert, now);
	try {
		const [current, before] = await Promise.all([
			measureAlert(alert, windows.current),
			isRelative(alert) ? measureAlert(alert, windows.before) : null,
		]);
		return { current, before };
	} catch (error) {
		logger.warn("alert not measured, it stays as it is", { alert: alert.id, error: toAppError(error).code });
		return null;
	}
}
