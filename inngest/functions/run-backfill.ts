import type { Inngest, InngestFunction } from "inngest";
import { BACKFILL_REQUESTED, BackfillRequested } from "@/inngest/events";
import { publishBackfillRequested, publishDueTasks } from "@/inngest/publish";
import { retrySoon } from "@/inngest/retry-soon";
import { advanceBackfill } from "@/lib/evaluations/advance-backfill";

const PAGES = 10;

/** Takes a backfill some pages further and asks for the next ones; a long one is many short runs. */
export function runBackfill(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{
			id: "run-backfill",
			triggers: [{ event: BACKFILL_REQUESTED }],
			retries: 20,
			concurrency: { key: "event.data.backfillId", limit: 1 },
		},
		async ({ event, runId }) => {
			const { backfillId } = BackfillRequested.parse(event.data);
			let more = true;
			for (let page = 0; more && page < PAGES; page++) more = await retrySoon(() => advanceBackfill(backfillId));
			await publishDueTasks();
			if (more) await publishBackfillRequested(backfillId, runId);
			return { more };
		},
	);
}
