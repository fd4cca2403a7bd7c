const UNITS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;
const DURATION = /^(?:\d+[wdhms])*$/;

/** Milliseconds of a sleep as the SDK writes it, `1h30m` or an ISO date; undefined when it is neither. */
export function sleepDelay(text: string, now: number = Date.now()): number | undefined {
	if (DURATION.test(text)) {
		const parts = text.matchAll(/(\d+)([wdhms])/g);
		return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
	}
	const until = Date.parse(text);
	return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}
