import { notFound } from "next/navigation";
import { cache } from "react";
import { openProject, orNotFound } from "@/app/p/[project]/open-project";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { parseTraceId } from "@/lib/ids";
import { getTrace } from "@/lib/traces/get-trace";
import type { TraceDetail } from "@/lib/traces/trace";

export interface OpenTrace extends TraceDetail {
	evaluations: Evaluation[];
}

/** The trace of the address with its evaluations, read once for the layout and the page of one request. */
export const openTrace = cache(async (segment: string, text: string): Promise<OpenTrace> => {
	const { projectIds } = await openProject(segment);
	const traceId = parseTraceId(text);
	if (!traceId) notFound();
	const [trace, evaluations] = await Promise.all([
		getTrace({ projectIds, traceId }).catch(orNotFound),
		listEvaluations({ projectIds, traceIds: [traceId] }),
	]);
	const { projectId } = trace.summary;
	return { ...trace, evaluations: evaluations.filter((evaluation) => evaluation.projectId === projectId) };
});
