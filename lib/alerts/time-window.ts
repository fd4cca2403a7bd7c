import type { Alert } from "@/lib/alerts/alert";

const MINUTE_MS = 60_000;

/** From a moment on, and before another one. */
export interface TimeWindow {
	from: Date;
	to: Date;
}

/** The minutes that an alert looks at now, and as many before them. */
export function windowsOf(
	{ windowMinutes }: Pick<Alert, "windowMinutes">,
	now: Date,
): { current: TimeWindow; before: TimeWindow } {
	const middle = new Date(now.getTime() - windowMinutes * MINUTE_MS);
	const start = new Date(now.getTime() - 2 * windowMinutes * MINUTE_MS);
	return { current: { from: middle, to: now }, before: { from: start, to: middle } };
}
