import { listProjects } from "@/lib/projects/list-projects";
import type { ReportedSpan, Resource } from "@/lib/span/span";
import { together } from "@/lib/together";
import { findTraceProjects } from "@/lib/traces/find-trace-projects";

/** Which project holds spans of which trace already; asked by every request that names none, so one question for all. */
const findHolders = together<string, string>(async (traceIds) =>
	findTraceProjects(
		(await listProjects()).map((project) => project.id),
		traceIds,
	),
);

/**
 * Which project each trace of a request belongs to: the one that its first span (or log record) with a known project
 * `named`; else the project that already holds the trace; else none (absent from the map). All spans of a trace in one
 * request go to one project; a later request that names another one opens the trace there too.
 */
export async function linkProjects(
	records: readonly Pick<ReportedSpan, "traceId" | "resource">[],
	named: ReadonlyMap<Resource, string>,
): Promise<Map<string, string>> {
	const linked = new Map<string, string>();
	for (const { traceId, resource } of records) {
		const id = named.get(resource);
		if (id !== undefined && !linked.has(traceId)) linked.set(traceId, id);
	}
	const open = new Set(records.map(({ traceId }) => traceId).filter((traceId) => !linked.has(traceId)));
	if (open.size > 0) {
		const holders = await findHolders(open);
		for (const traceId of open) {
			const id = holders.get(traceId);
			if (id !== undefined) linked.set(traceId, id);
		}
	}
	return linked;
}
