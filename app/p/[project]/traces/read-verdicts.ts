import { orUnavailable } from "@/app/p/[project]/_list/or-unavailable";
import { ruleVerdicts } from "@/app/p/[project]/traces/rule-verdicts";
import type { VerdictsByTrace } from "@/app/p/[project]/traces/verdict-chips";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { listSampledOut } from "@/lib/evaluations/list-sampled-out";
import type { TraceSummary } from "@/lib/traces/trace";

/** What the rules say of some traces; null when a store is away: the traces are worth showing all the same. */
export async function readVerdicts(projectIds: string[], traces: readonly TraceSummary[]): Promise<VerdictsByTrace> {
	const traceIds = traces.map(({ traceId }) => traceId);
	const own = projectIds.filter((id) => traces.some(({ projectId }) => projectId === id));
	const found = await orUnavailable(
		Promise.all([listEvaluations({ projectIds: own, traceIds }), listSampledOut({ projectIds: own, traceIds })]),
	);
	return found && ruleVerdicts(...found);
}
