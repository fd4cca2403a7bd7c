import type { AlertState } from "@/lib/alerts/alert";

export type AlertEvent = "alert.fired" | "alert.resolved";

interface Telling {
	state: AlertState;
	/** What receivers were told last is that it fires. */
	toldFiring: boolean;
	/** Nobody is to be told, or there is nobody to tell. */
	muted: boolean;
}

/**
 * What receivers must be told now: that it fires or no longer fires, when that is not what they were told last. So what a
 * mute held back and still holds is told at its end, and what began and ended under it is not told at all.
 */
export function decideEvent({ state, toldFiring, muted }: Telling): AlertEvent | null {
	if (muted) return null;
	if (state === "FIRING") return toldFiring ? null : "alert.fired";
	return toldFiring ? "alert.resolved" : null;
}
