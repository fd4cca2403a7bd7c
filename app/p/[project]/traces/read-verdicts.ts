import { ruleVerdicts } from "@/app/p/[project]/traces/rule-verdicts";
import type { VerdictsByTrace } from "@/app/p/[project]/traces/verdict-chips";
import { isAppError } from "@/lib/errors";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { listSampledOut } from "@/lib/evaluations/list-sampled-out";
import type { TraceSummary } from "@/lib/traces/trace";

/** What the rules say of some traces; null when a store is away: the traces are worth showing all the same. */
export async function readVerdicts(projectIds: string[], traces: readonly TraceSummary[]): Promise<VerdictsByTrace> {
	const traceIds = traces.map(({ traceId }) => traceId);
	const own = projectIds.filter((id) => traces.some(({ projectId }) => projectId === id));
	try {
		const [evaluations, sampledOut] = await Promise.all([
			listEvaluations({ projectIds: own, traceIds }),
			listSampledOut({ projectIds: own, traceIds }),
		]);
		return ruleVerdicts(evaluations, sampledOut);
	} catch (error) {
		if (isAppError(error) && error.code === "unavailable") return null;
		throw error;
	}
}
