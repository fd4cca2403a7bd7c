import { startRuns } from "@/inngest/embedded/accept-events";
import type { EngineFunction } from "@/inngest/embedded/registration";
import { db } from "@/lib/db/client";

export interface CronClock {
	/** Starts what became due; after a longer gap, such as a suspended machine, only the latest tick. */
	fire(now?: Date): Promise<void>;
	/** Milliseconds to the next tick, undefined without any cron. */
	untilNext(now?: Date): number | undefined;
}

/** The cron triggers of all functions. A tick starts a run once, however many processes see it. */
export async function openCronClock(
	functions: ReadonlyMap<string, EngineFunction>,
	now: Date = new Date(),
): Promise<CronClock> {
	const entries = [...functions.values()].flatMap((fn) =>
		fn.crons.map(({ pattern, ticks }) => ({ fn, pattern, ticks, next: ticks.next(now) })),
	);
	type Entry = (typeof entries)[number];

	async function start({ fn, pattern }: Entry, tick: Date): Promise<void> {
		const id = `cron:${fn.id}:${pattern}:${tick.toISOString()}`;
		const event = { id, name: "inngest/scheduled.timer", ts: tick.getTime(), data: { cron: pattern } };
		await startRuns(db(), [event], [{ fn, event }]);
	}

	// The tick that came while nothing was running; a function that never ran has missed none.
	for (const entry of entries) {
		const missed = entry.ticks.latest(now);
		if (missed && (await hasRun(entry.fn.id, entry.pattern))) await start(entry, missed);
	}

	return {
		async fire(at = new Date()) {
			for (const entry of entries) {
				if (!entry.next || entry.next > at) continue;
				await start(entry, entry.ticks.latest(at) ?? entry.next);
				entry.next = entry.ticks.next(at);
			}
		},
		untilNext(at = new Date()) {
			const waits = entries.flatMap(({ next }) => (next ? [Math.max(0, next.getTime() - at.getTime())] : []));
			return waits.length > 0 ? Math.min(...waits) : undefined;
		},
	};
}

async function hasRun(functionId: string, pattern: string): Promise<boolean> {
	const run = await db().engineRun.findFirst({
		where: { functionId, dedupe: { startsWith: `cron:${functionId}:${pattern}:` } },
		select: { id: true },
	});
	return run !== null;
}
