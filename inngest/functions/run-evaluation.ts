import type { Inngest, InngestFunction } from "inngest";
import { EVALUATION_REQUESTED, EvaluationRequested } from "@/inngest/events";
import { publishDueTasks } from "@/inngest/publish";
import { retrySoon } from "@/inngest/retry-soon";
import { runTask } from "@/lib/evaluations/run-task";

/**
 * One attempt at one task. The task decides how often it is tried, when again and when it has failed. One at a time per
 * lane; a connection has as many lanes as it allows calls at once.
 */
export function runEvaluation(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{
			id: "run-evaluation",
			triggers: [{ event: EVALUATION_REQUESTED }],
			retries: 20,
			concurrency: { key: "event.data.lane", limit: 1 },
		},
		async ({ event, runId }) => {
			const { taskId, connectionId } = EvaluationRequested.parse(event.data);
			await retrySoon(() => runTask({ taskId, runId }));
			// Whoever has ended makes room for the next.
			await publishDueTasks([connectionId]);
			return { taskId };
		},
	);
}
