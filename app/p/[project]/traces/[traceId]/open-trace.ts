import { notFound } from "next/navigation";
import { cache } from "react";
import { openProject, orNotFound } from "@/app/p/[project]/open-project";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { parseTraceId } from "@/lib/ids";
import { findHolder, type TraceHolder } from "@/lib/traces/find-holder";
import { readSkeleton, type TraceSkeleton } from "@/lib/traces/read-skeleton";

export interface OpenTrace {
	traceId: string;
	skeleton: TraceSkeleton;
	/** Of the trace and its spans, oldest first. */
	evaluations: Evaluation[];
}

/** The trace of the address, without content, and its evaluations: read once for all parts of one request. */
export const openTrace = cache(async (segment: string, text: string): Promise<OpenTrace> => {
	const { projectIds } = await openProject(segment);
	const traceId = traceIdOf(text);
	const [skeleton, evaluations] = await Promise.all([
		readSkeleton({ projectIds, traceId }).catch(orNotFound),
		listEvaluations({ projectIds, traceIds: [traceId] }),
	]);
	const { projectId } = skeleton.facts;
	return { traceId, skeleton, evaluations: evaluations.filter((evaluation) => evaluation.projectId === projectId) };
});

/** Which project the trace of the address is read from: for what shows single spans of it. */
export const openHolder = cache(async (segment: string, text: string): Promise<TraceHolder & { traceId: string }> => {
	const { projectIds } = await openProject(segment);
	const traceId = traceIdOf(text);
	return { traceId, ...(await findHolder({ projectIds, traceId }).catch(orNotFound)) };
});

function traceIdOf(text: string): string {
	return parseTraceId(text) ?? notFound();
}
