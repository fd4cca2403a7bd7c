import type { ClaimedJob } from "@/inngest/embedded/claim-jobs";
import type { EngineFunction } from "@/inngest/embedded/registration";
import type { SdkHandler, SdkResponse } from "@/inngest/embedded/sdk-handler";
import { db } from "@/lib/db/client";

/** Finished steps of a run: ids in the order of completion, and what the SDK is given for each. */
export interface RunState {
	ids: string[];
	results: Record<string, unknown>;
}

/** Reads what the runs of several jobs have done so far. */
export async function readRunStates(jobs: readonly ClaimedJob[]): Promise<Map<string, RunState>> {
	// A job of the first generation with the run's start as id has nothing behind it.
	const states = new Map<string, RunState>();
	for (const { runId, kind, id, generation } of jobs) {
		if (kind === "edge" && !(generation === 1 && id.endsWith(":start"))) states.set(runId, { ids: [], results: {} });
	}
	if (states.size === 0) return states;
	const rows = await db().$queryRaw<{ runId: string; id: string; data: string }[]>`
		SELECT run_id AS "runId", id, data FROM engine_steps
		WHERE run_id = ANY(${[...states.keys()]}::text[]) AND NOT pending ORDER BY seq`;
	for (const { runId, id, data } of rows) {
		const state = states.get(runId);
		state?.ids.push(id);
		if (state) state.results[id] = JSON.parse(data);
	}
	return states;
}

/** Calls a function through the SDK, which replays finished steps and runs the next ones. */
export function executeJob(
	job: ClaimedJob,
	state: RunState,
	fn: EngineFunction,
	call: SdkHandler,
): Promise<SdkResponse> {
	const events: unknown[] = JSON.parse(job.events);
	return call({
		method: "POST",
		query: { fnId: job.functionId, stepId: job.stepId },
		// Comes back with every checkpoint, where a lost lease is found out.
		headers: { "x-inngest-generation-id": String(job.generation), "x-run-id": job.runId },
		body: {
			version: 2,
			event: events[0],
			events,
			steps: state.results,
			ctx: {
				run_id: job.runId,
				fn_id: job.functionId,
				qi_id: job.id,
				step_id: job.stepId,
				attempt: job.attempt,
				max_attempts: fn.attemptsMax,
				disable_immediate_execution: job.planned,
				use_api: false,
				stack: { stack: state.ids, current: state.ids.length },
			},
		},
	});
}
