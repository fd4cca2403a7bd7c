import type { InngestFunction } from "inngest";
import { inngest } from "@/inngest/client";
import { claimJobs } from "@/inngest/embedded/claim-jobs";
import { openCronClock } from "@/inngest/embedded/cron";
import { readRunStates } from "@/inngest/embedded/execute-job";
import { clearLeases } from "@/inngest/embedded/leases";
import { openLoop } from "@/inngest/embedded/loop";
import { nextDueMs } from "@/inngest/embedded/next-due";
import { readRegistration } from "@/inngest/embedded/registration";
import { type Backoff, scheduledBackoff } from "@/inngest/embedded/retry-delay";
import { announceEngine } from "@/inngest/embedded/running-engine";
import { openSdkHandler, type SdkHandler } from "@/inngest/embedded/sdk-handler";
import { openWorkers } from "@/inngest/embedded/workers";
import { databaseMode } from "@/lib/db/client";
import { logger } from "@/lib/logger";

interface EngineOptions {
	/** Functions of this process, or the way to those of another one. */
	functions: readonly InngestFunction.Any[] | SdkHandler;
	/** Waits between attempts; the schedule of an Inngest server unless given. */
	backoff?: Backoff;
	leaseMs?: number;
	/** Jobs this process runs at a time. */
	jobsMax?: number;
	/** How long `stop()` waits for running jobs before it gives them back. */
	drainMs?: number;
}

export interface Engine {
	/** Starts nothing more, lets running jobs end and gives back those that take too long. */
	stop(): Promise<void>;
	/** Looks for work now. */
	wake(): void;
	/** Resolves when nothing runs and nothing is due; sleeping runs and coming retries do not count. */
	idle(): Promise<void>;
}

// Other processes may add work and free limits on a shared database; alone, every change wakes the loop itself.
const POLL_MS = { server: 1000, embedded: 15_000 };
// Not more often than this, or a busy engine would ask after each job.
const DUE_CHECK_MS = 100;

/**
 * The embedded engine: a durable loop over four tables which runs Inngest functions in this process, each step at least
 * once. Needs an open database. Throws when a function asks for something the engine does not do.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
	const { backoff = scheduledBackoff, leaseMs = 60_000, jobsMax = 32, drainMs = 10_000 } = options;
	const call =
		typeof options.functions === "function" ? options.functions : openSdkHandler(inngest(), options.functions);
	const functions = await readRegistration(call);
	const mode = databaseMode();
	// Only one process can have the embedded database open, so whoever held these is dead.
	if (mode === "embedded") await clearLeases();
	const cron = await openCronClock(functions);
	const loop = openLoop(look);
	const workers = openWorkers({ functions, call, backoff, leaseMs, onFree: loop.wake });
	let claimedAt = new Date(0);
	let dueCheckedAt = 0;

	async function look(): Promise<number> {
		await cron.fire();
		await claim();
		const sinceCheck = performance.now() - dueCheckedAt;
		const due = sinceCheck < DUE_CHECK_MS ? DUE_CHECK_MS - sinceCheck : await untilDue();
		return Math.min(POLL_MS[mode], cron.untilNext() ?? POLL_MS[mode], due ?? POLL_MS[mode]);
	}

	function untilDue(): Promise<number | undefined> {
		dueCheckedAt = performance.now();
		return nextDueMs(claimedAt);
	}

	async function claim(): Promise<void> {
		const held = workers.held();
		if (held.length >= jobsMax) return;
		const { jobs, at } = await claimJobs({ functions, held, jobsMax: jobsMax - held.length, leaseMs });
		claimedAt = at;
		const states = await readRunStates(jobs);
		for (const job of jobs) workers.start(job, states.get(job.runId));
	}

	const forget = announceEngine({ functions, wake: loop.wake });
	logger.info("embedded engine: this machine only, no Inngest UI", { functions: functions.size, database: mode });
	loop.wake();

	return {
		wake: loop.wake,
		async idle() {
			while (loop.busy() || workers.held().length > 0) {
				await loop.settled();
				await workers.settled();
			}
		},
		async stop() {
			await loop.stop();
			// Running functions may still send events and store steps.
			await workers.drain(drainMs);
			forget();
		},
	};
}
