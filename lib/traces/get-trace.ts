import { notFound } from "@/lib/errors";
import { listSpans } from "@/lib/traces/list-spans";
import { summarizeTraces } from "@/lib/traces/summarize-traces";
import type { TraceDetail } from "@/lib/traces/trace";

/**
 * A trace with all its live spans and their log records, in start order (of those that start together, the root and the
 * longest come first). When several of the projects hold the id, a linked trace comes before an unlinked one and then the
 * one that arrived first. `not_found` when none does.
 */
export async function getTrace({
	projectIds,
	traceId,
}: {
	projectIds: string[];
	traceId: string;
}): Promise<TraceDetail> {
	const keys = projectIds.map((projectId) => ({ projectId, traceId }));
	const summaries = await summarizeTraces(keys, { previews: "page" });
	const [summary] = summaries.sort(
		(a, b) =>
			Number(a.projectId === null) - Number(b.projectId === null) || a.createdAt.getTime() - b.createdAt.getTime(),
	);
	if (!summary) throw notFound("Trace");
	return { summary, spans: await listSpans(summary.projectId ?? "", traceId) };
}
