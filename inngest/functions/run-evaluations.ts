import type { FailureEventArgs, Inngest, InngestFunction } from "inngest";
import { EVALUATIONS_REQUESTED, EvaluationsRequested } from "@/inngest/events";
import { publishDueTasks } from "@/inngest/publish";
import { retrySoon } from "@/inngest/retry-soon";
import { isAppError } from "@/lib/errors";
import { unmarkDispatched } from "@/lib/evaluations/dispatch-tasks";
import { failUnexpectedly } from "@/lib/evaluations/fail-unexpectedly";
import { runTask } from "@/lib/evaluations/run-task";
import { logger } from "@/lib/logger";

// One call of a slow model may take longer; no further task is begun then, so that a host's limit on a request is kept.
const BUSY_MS_MAX = 20_000;

/**
 * An attempt at each of some tasks, one after the other. A task decides how often it is tried, when again and when it has
 * failed. One run at a time per lane; a connection has as many lanes as it allows calls at once.
 */
export function runEvaluations(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{
			id: "run-evaluations",
			triggers: [{ event: EVALUATIONS_REQUESTED }],
			retries: 20,
			concurrency: { key: "event.data.lane", limit: 1 },
			// A store was away for longer than retries wait: announced anew, not only once the announcement counts as lost.
			onFailure: async ({ event }: FailureEventArgs) => {
				await unmarkDispatched(EvaluationsRequested.parse(event.data.event.data).taskIds);
			},
		},
		async ({ event, runId }) => {
			const { taskIds, connectionId } = EvaluationsRequested.parse(event.data);
			const until = Date.now() + BUSY_MS_MAX;
			let done = 0;
			while (done < taskIds.length && (done === 0 || Date.now() < until)) {
				const taskId = taskIds[done] ?? "";
				await retrySoon(() => runOrFail(taskId, runId));
				done++;
			}
			if (done < taskIds.length) await retrySoon(() => unmarkDispatched(taskIds.slice(done)));
			// Whoever has ended makes room for others.
			await retrySoon(() => publishDueTasks([connectionId]));
			return { done };
		},
	);
}

// What nobody foresaw ends one task, not the others of its lane.
async function runOrFail(taskId: string, runId: string): Promise<void> {
	try {
		await runTask({ taskId, runId });
	} catch (error) {
		if (isAppError(error)) throw error;
		logger.error("an evaluation failed unexpectedly", {
			taskId,
			error: error instanceof Error ? error.name : "unknown",
		});
		await failUnexpectedly(taskId, runId);
	}
}
