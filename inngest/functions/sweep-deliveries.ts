import type { Inngest, InngestFunction } from "inngest";
import { PROCESS_STARTED } from "@/inngest/events";
import { publishDueDeliveries } from "@/inngest/publish-deliveries";
import { pruneTransitions } from "@/lib/alerts/prune-transitions";
import { releaseStaleDeliveries } from "@/lib/webhooks/claim-delivery";
import { pruneDeliveries } from "@/lib/webhooks/prune-deliveries";

/**
 * Finds deliveries that nobody was told of and claims whose holder died, and drops old ones and old changes of alerts.
 * Runs every minute and when a process starts.
 */
export function sweepDeliveries(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{
			id: "sweep-deliveries",
			triggers: [{ cron: "* * * * *" }, { event: PROCESS_STARTED }],
			retries: 1,
			concurrency: { limit: 1 },
		},
		async () => {
			const released = await releaseStaleDeliveries();
			const published = await publishDueDeliveries();
			const pruned = await pruneDeliveries();
			const forgotten = await pruneTransitions();
			return { released, published, pruned, forgotten };
		},
	);
}
