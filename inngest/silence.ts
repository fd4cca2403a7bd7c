/** The sweep comes every minute: this long without one, and its scheduler is dead. */
export const SILENCE_MS = 3 * 60_000;

/** Whether no tick came for too long, counted from the last one or from when the first could be waited for. */
export function isSilent(lastTick: Date | null, waitingSince: Date, now: Date): boolean {
	return now.getTime() - Math.max(lastTick?.getTime() ?? 0, waitingSince.getTime()) > SILENCE_MS;
}
