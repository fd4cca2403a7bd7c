import { notFound } from "next/navigation";
import { cache } from "react";
import { openProject, orNotFound } from "@/app/p/[project]/open-project";
import { isAppError } from "@/lib/errors";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import type { Feedback } from "@/lib/feedback/feedback";
import { listFeedback } from "@/lib/feedback/list-feedback";
import { parseTraceId } from "@/lib/ids";
import { findHolder, type TraceHolder } from "@/lib/traces/find-holder";
import { readTraceRows, type TraceRows } from "@/lib/traces/read-trace-rows";

export interface OpenTrace {
	traceId: string;
	trace: TraceRows;
	/** Of the trace and its spans, oldest first. */
	evaluations: Evaluation[];
	/** Of the trace and its spans, oldest first. */
	feedback: Feedback[];
}

/** As `findOpenTrace`; the not-found page when there is no such trace. */
export async function openTrace(segment: string, text: string): Promise<OpenTrace> {
	return (await findOpenTrace(segment, text)) ?? notFound();
}

/** The trace of the address, without content, and its evaluations: read once for all parts of one request. Null: not there. */
export const findOpenTrace = cache(async (segment: string, text: string): Promise<OpenTrace | null> => {
	const { projectIds } = await openProject(segment);
	const traceId = parseTraceId(text);
	if (!traceId) return null;
	const [trace, evaluations] = await Promise.all([
		readTraceRows({ projectIds, traceId }).catch(orNull),
		listEvaluations({ projectIds, traceIds: [traceId] }),
	]);
	if (!trace) return null;
	const { projectId } = trace.facts;
	return {
		traceId,
		trace,
		evaluations: evaluations.filter((evaluation) => evaluation.projectId === projectId),
		feedback: await listFeedback({ projectId: projectId ?? "", traceId }),
	};
});

/** Which project the trace of the address is read from: for what shows single spans of it. */
export const openHolder = cache(async (segment: string, text: string): Promise<TraceHolder & { traceId: string }> => {
	const { projectIds } = await openProject(segment);
	const traceId = parseTraceId(text) ?? notFound();
	return { traceId, ...(await findHolder({ projectIds, traceId }).catch(orNotFound)) };
});

function orNull(error: unknown): null {
	if (isAppError(error) && error.code === "not_found") return null;
	throw error;
}
