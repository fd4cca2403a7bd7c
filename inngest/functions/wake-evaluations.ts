import type { Inngest, InngestFunction } from "inngest";
import { EVALUATIONS_WAITING, EvaluationsWaiting } from "@/inngest/events";
import { publishDueTasks } from "@/inngest/publish";
import { retrySoon } from "@/inngest/retry-soon";

/** Announces evaluations once their wait is over: before another attempt, until a trace is quiet, for a connection's turn. */
export function wakeEvaluations(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{ id: "wake-evaluations", triggers: [{ event: EVALUATIONS_WAITING }], retries: 20 },
		async ({ event, step }) => {
			const { connectionId, at } = EvaluationsWaiting.parse(event.data);
			await step.sleepUntil("until then", at);
			const published = await retrySoon(() => publishDueTasks([connectionId]));
			return { published };
		},
	);
}
