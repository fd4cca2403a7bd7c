import { Cron } from "croner";

/** The moments of a cron pattern. */
export interface Ticks {
	/** The last tick at or before a moment. */
	latest(at: Date): Date | undefined;
	/** The first tick after a moment. */
	next(at: Date): Date | undefined;
}

/** Reads a cron pattern in UTC, or in the zone of a `TZ=Europe/Berlin ` prefix; six fields start with the second. */
export function openTicks(pattern: string): Ticks {
	const [, timezone = "UTC", fields = ""] = /^(?:TZ=(\S+)\s+)?(.*)$/.exec(pattern.trim()) ?? [];
	const cron = new Cron(fields, { timezone, paused: true });
	return {
		// The reference itself is not a previous run, hence one second more.
		latest: (at) => cron.previousRuns(1, new Date(Math.floor(at.getTime() / 1000) * 1000 + 1000))[0],
		next: (at) => cron.nextRun(at) ?? undefined,
	};
}
