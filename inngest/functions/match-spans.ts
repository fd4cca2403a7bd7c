import type { Inngest, InngestFunction } from "inngest";
import { SPANS_INGESTED, SpansIngested } from "@/inngest/events";
import { publishDueTasks } from "@/inngest/publish";
import { retrySoon } from "@/inngest/retry-soon";
import { planTasks } from "@/lib/evaluations/plan-tasks";

const OVERLAP_MS = 5000;

/** New spans of a project become evaluation tasks, and the tasks are announced. One at a time per project. */
export function matchSpans(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{
			id: "match-spans",
			triggers: [{ event: SPANS_INGESTED }],
			retries: 20,
			concurrency: { key: "event.data.projectId", limit: 1 },
		},
		async ({ event }) => {
			const { projectId } = SpansIngested.parse(event.data);
			const planned = await retrySoon(() => planTasks({ projectId, overlapMs: OVERLAP_MS }));
			const published = await publishDueTasks();
			return { planned, published };
		},
	);
}
