import type { Inngest, InngestFunction } from "inngest";
import { checkAlertsOnSchedule } from "@/inngest/functions/check-alerts";
import { deliverWebhook } from "@/inngest/functions/deliver-webhook";
import { expireTracesOnSchedule } from "@/inngest/functions/expire-traces";
import { matchSpans } from "@/inngest/functions/match-spans";
import { runBackfill } from "@/inngest/functions/run-backfill";
import { runEvaluations } from "@/inngest/functions/run-evaluations";
import { sweep } from "@/inngest/functions/sweep";
import { sweepDeliveries } from "@/inngest/functions/sweep-deliveries";
import { wakeEvaluations } from "@/inngest/functions/wake-evaluations";

/** Every background function: what the embedded engine runs and `/api/inngest` serves. */
export function functions(client: Inngest): InngestFunction.Any[] {
	return [
		matchSpans(client),
		runEvaluations(client),
		runBackfill(client),
		wakeEvaluations(client),
		sweep(client),
		expireTracesOnSchedule(client),
		checkAlertsOnSchedule(client),
		deliverWebhook(client),
		sweepDeliveries(client),
	];
}
