import { type Inngest, type InngestFunction, RetryAfterError } from "inngest";
import { EVALUATION_REQUESTED, EvaluationRequested } from "@/inngest/events";
import { retrySoon } from "@/inngest/retry-soon";
import { runTask } from "@/lib/evaluations/run-task";

/**
 * One task, judged. The task decides how often it is tried and when it has failed; the function only comes back when told
 * to. Five at a time per connection, which every Inngest plan allows.
 */
export function runEvaluation(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{
			id: "run-evaluation",
			triggers: [{ event: EVALUATION_REQUESTED }],
			retries: 20,
			concurrency: { key: "event.data.connectionId", limit: 5 },
		},
		async ({ event, runId }) => {
			const { taskId } = EvaluationRequested.parse(event.data);
			const outcome = await retrySoon(() => runTask({ taskId, runId }));
			if (outcome.status === "retry")
				throw new RetryAfterError("the judge gave no answer", new Date(Date.now() + outcome.afterMs));
			return { taskId };
		},
	);
}
