import type { Alert, AlertState } from "@/lib/alerts/alert";

/** What a window says: `value` is null when nothing that is known can be said of it. */
export interface Measurement {
	value: number | null;
	samples: number;
}

type Terms = Pick<Alert, "comparison" | "threshold" | "minSamples" | "state">;

/** True when the comparison is with the window before. */
export function isRelative({ comparison }: Pick<Alert, "comparison">): boolean {
	return comparison === "RISES_BY" || comparison === "FALLS_BY";
}

/**
 * The state of an alert after a measurement. FIRING when the value is beyond the threshold, which itself is not beyond it,
 * OK when it is not. Too few samples, in the window or in the one before that it is compared with, say nothing: an alert
 * that fires goes on firing until enough samples say otherwise, any other one becomes NO_DATA. From zero, any rise counts.
 */
export function decideState(alert: Terms, current: Measurement, before: Measurement | null): AlertState {
	const beyond = isBeyond(alert, current, before);
	if (beyond === null) return alert.state === "FIRING" ? "FIRING" : "NO_DATA";
	return beyond ? "FIRING" : "OK";
}

function isBeyond(alert: Terms, current: Measurement, before: Measurement | null): boolean | null {
	const value = knownValue(alert, current);
	if (value === null) return null;
	if (alert.comparison === "ABOVE") return value > alert.threshold;
	if (alert.comparison === "BELOW") return value < alert.threshold;
	const baseline = before && knownValue(alert, before);
	if (baseline === null) return null;
	if (alert.comparison === "RISES_BY") return value > baseline * (1 + alert.threshold);
	return value < baseline * (1 - alert.threshold);
}

function knownValue({ minSamples }: Terms, { value, samples }: Measurement): number | null {
	return samples < minSamples ? null : value;
}
