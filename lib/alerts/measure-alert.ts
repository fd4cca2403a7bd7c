import type { Alert } from "@/lib/alerts/alert";
import type { Measurement } from "@/lib/alerts/decide-state";
import { measureCost } from "@/lib/alerts/measure-cost";
import { measureJudgeCost } from "@/lib/alerts/measure-judge-cost";
import { measureRoots } from "@/lib/alerts/measure-roots";
import { measureScores } from "@/lib/alerts/measure-scores";
import type { TimeWindow } from "@/lib/alerts/time-window";

/** What an alert's metric is in a window, and of how many samples. Errors as `query`. */
export async function measureAlert(
	{ projectId, ruleId, metric }: Pick<Alert, "projectId" | "ruleId" | "metric">,
	window: TimeWindow,
): Promise<Measurement> {
	switch (metric) {
		case "PASS_RATE": {
			const { samples, passRate } = await measureScores({ projectId, ruleId, window });
			return { samples, value: passRate };
		}
		case "MEAN_SCORE": {
			const { samples, meanScore } = await measureScores({ projectId, ruleId, window });
			return { samples, value: meanScore };
		}
		case "ERROR_RATIO": {
			const { samples, errorRatio } = await measureRoots({ projectId, window });
			return { samples, value: errorRatio };
		}
		case "LATENCY_P95": {
			const { samples, latencyP95Ms } = await measureRoots({ projectId, window });
			return { samples, value: latencyP95Ms };
		}
		case "COST":
			return ruleId === null ? measureCost({ projectId, window }) : measureJudgeCost({ projectId, ruleId, window });
	}
}
