import { applyResult, wakeSleeper } from "@/inngest/embedded/apply-result";
import type { ClaimedJob } from "@/inngest/embedded/claim-jobs";
import { executeJob, type RunState } from "@/inngest/embedded/execute-job";
import { extendLeases, releaseLeases } from "@/inngest/embedded/leases";
import type { EngineFunction } from "@/inngest/embedded/registration";
import type { Backoff } from "@/inngest/embedded/retry-delay";
import type { SdkHandler } from "@/inngest/embedded/sdk-handler";
import { logger } from "@/lib/logger";
import { sleep } from "@/lib/time";

interface WorkersOptions {
	functions: ReadonlyMap<string, EngineFunction>;
	call: SdkHandler;
	backoff: Backoff;
	leaseMs: number;
	/** Called whenever a job has ended. */
	onFree(): void;
}

export interface Workers {
	/** Ids of the jobs under way. */
	held(): string[];
	start(job: ClaimedJob, state: RunState | undefined): void;
	/** Resolves when the jobs under way at this moment have ended. */
	settled(): Promise<void>;
	/** Waits for jobs under way, then gives back those that take longer. */
	drain(limitMs: number): Promise<void>;
}

const STORE_TRIES = 6;

/** The jobs this process executes, with their leases kept alive. */
export function openWorkers({ functions, call, backoff, leaseMs, onFree }: WorkersOptions): Workers {
	const running = new Map<string, { job: ClaimedJob; ended: Promise<void> }>();
	const jobs = () => [...running.values()].map(({ job }) => job);

	async function run(job: ClaimedJob, state: RunState = { ids: [], results: {} }): Promise<void> {
		const fn = functions.get(job.functionId);
		try {
			if (job.kind === "sleep") return await store(job, () => wakeSleeper(job));
			if (!fn) return;
			const response = await executeJob(job, state, fn, call);
			await store(job, () => applyResult(job, response, { functions, backoff }));
		} catch (error) {
			// Its lease runs out, then it is claimed again.
			logger.error("engine: a job was lost", { job: job.id, error: error instanceof Error ? error.name : "unknown" });
		}
	}

	async function settled(): Promise<void> {
		await Promise.all([...running.values()].map(({ ended }) => ended));
	}

	const heartbeat = setInterval(() => {
		if (running.size === 0) return;
		extendLeases(jobs(), leaseMs).catch(() => logger.warn("engine: leases could not be extended"));
	}, leaseMs / 3);

	return {
		held: () => [...running.keys()],
		start(job, state) {
			const ended = run(job, state).finally(() => {
				running.delete(job.id);
				onFree();
			});
			running.set(job.id, { job, ended });
		},
		settled,
		async drain(limitMs) {
			const drained = new AbortController();
			await Promise.race([settled().then(() => drained.abort()), sleep(limitMs, drained.signal)]);
			clearInterval(heartbeat);
			if (running.size > 0) await releaseLeases(jobs());
		},
	};
}

// What a step did is worth more than one try: running it again would repeat its effects.
async function store(job: ClaimedJob, write: () => Promise<void>): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await write();
		} catch (error) {
			if (attempt === STORE_TRIES) throw error;
			logger.warn("engine: a result could not be stored yet", { job: job.id, attempt });
			await sleep(50 * 2 ** attempt);
		}
	}
}
