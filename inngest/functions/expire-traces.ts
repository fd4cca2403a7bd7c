import type { Inngest, InngestFunction } from "inngest";
import { inngestMode } from "@/inngest/client";
import { env } from "@/lib/env";
import { expireTraces } from "@/lib/retention/expire-traces";

const MINUTE_MS = 60_000;

/** Removes expired traces with their evaluations and scores, at the configured interval. */
export function expireTracesOnSchedule(client: Inngest): InngestFunction.Any {
	const intervalMs = env().SPANWISE_TRACE_SWEEP_INTERVAL_MS;
	const { cron, tickMs } = schedule(intervalMs, inngestMode() === "embedded");
	return client.createFunction(
		{ id: "expire-traces", triggers: [{ cron }], retries: 1, concurrency: { limit: 1 } },
		async () => {
			const now = new Date();
			const due = Math.floor(now.getTime() / intervalMs) !== Math.floor((now.getTime() - tickMs) / intervalMs);
			if (due) await expireTraces(now);
			return { due };
		},
	);
}

/** The coarsest cron that meets the interval; below a minute only the embedded engine can (an Inngest server cannot). */
export function schedule(intervalMs: number, secondsAllowed: boolean): { cron: string; tickMs: number } {
	if (intervalMs >= MINUTE_MS || !secondsAllowed) return { cron: "* * * * *", tickMs: MINUTE_MS };
	const seconds = Math.max(1, Math.floor(intervalMs / 1000));
	return { cron: `*/${seconds} * * * * *`, tickMs: seconds * 1000 };
}
