import type { Inngest, InngestFunction } from "inngest";
import { expireTracesOnSchedule } from "@/inngest/functions/expire-traces";
import { matchSpans } from "@/inngest/functions/match-spans";
import { runBackfill } from "@/inngest/functions/run-backfill";
import { runEvaluation } from "@/inngest/functions/run-evaluation";
import { sweep } from "@/inngest/functions/sweep";
import { wakeEvaluations } from "@/inngest/functions/wake-evaluations";

/** Every background function: what the embedded engine runs and `/api/inngest` serves. */
export function functions(client: Inngest): InngestFunction.Any[] {
	return [
		matchSpans(client),
		runEvaluation(client),
		runBackfill(client),
		wakeEvaluations(client),
		sweep(client),
		expireTracesOnSchedule(client),
	];
}
