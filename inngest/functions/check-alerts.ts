import type { Inngest, InngestFunction } from "inngest";
import { publishDueDeliveries } from "@/inngest/publish-deliveries";
import { checkAlerts } from "@/lib/alerts/check-alerts";

/** Measures every alert each minute and announces what its webhooks are to be told. */
export function checkAlertsOnSchedule(client: Inngest): InngestFunction.Any {
	return client.createFunction(
		{ id: "check-alerts", triggers: [{ cron: "* * * * *" }], retries: 1, concurrency: { limit: 1 } },
		async () => {
			const summary = await checkAlerts();
			const published = summary.queued > 0 ? await publishDueDeliveries() : 0;
			return { ...summary, published };
		},
	);
}
