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

type Linkable = Pick<ReportedSpan, "traceId" | "resource">;

/**
 * Which project each trace of each request belongs to: the one that its first span (or log record) with a known project
 * `named`; else the project that already holds the trace; else none (absent from the map). All spans of a trace in one
 * request go to one project; another request that names another one opens the trace there too.
 */
export async function linkProjects(
	requests: readonly (readonly Linkable[])[],
	named: ReadonlyMap<Resource, string>,
): Promise<Map<string, string>[]> {
	const links = requests.map((records) => linkNamed(records, named));
	const open = new Set<string>();
	requests.forEach((records, index) => {
		for (const { traceId } of records) if (!links[index]?.has(traceId)) open.add(traceId);
	});
	if (open.size === 0) return links;
	const holders = await findHolders(open);
	requests.forEach((records, index) => {
		for (const { traceId } of records) {
			const id = holders.get(traceId);
			if (id !== undefined && !links[index]?.has(traceId)) links[index]?.set(traceId, id);
		}
	});
	return links;
}

function linkNamed(records: readonly Linkable[], named: ReadonlyMap<Resource, string>): Map<string, string> {
	const linked = new Map<string, string>();
	for (const { traceId, resource } of records) {
		const id = named.get(resource);
		if (id !== undefined && !linked.has(traceId)) linked.set(traceId, id);
	}
	return linked;
}
