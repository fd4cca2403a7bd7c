import type { ActionResult } from "@/app/_ui/action-result";
import type { DryRun } from "@/lib/evaluations/dry-run-rule";
import type { Forecast } from "@/lib/evaluations/forecast-rule";
import type { RuleTarget } from "@/lib/rules/rule";

interface Failure {
	/** Why there is no answer: the form's mistakes, or an outage. */
	failure: ActionResult;
}

export type ForecastOutcome = { forecast: Forecast; target: RuleTarget; failure?: undefined } | Failure;

export type DryRunOutcome = { runs: DryRun[]; failure?: undefined } | Failure;
