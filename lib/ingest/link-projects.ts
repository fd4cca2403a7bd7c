import { isUuid } from "@/lib/ids";
import { findProjectIds } from "@/lib/projects/find-project-ids";
import { listProjects } from "@/lib/projects/list-projects";
import { anyValueText } from "@/lib/span/any-value";
import type { ReportedSpan, Resource } from "@/lib/span/span";
import { findTraceProjects } from "@/lib/traces/find-trace-projects";

/** Resource attributes that name a project, in order. */
const PROJECT_KEYS = ["dokimos.project", "dokimos.project.name", "spanwise.project"];
// A parameter of ClickHouse ends at 128 KiB.
const TRACES_PER_QUERY = 2000;

/**
 * Which project each trace of a request belongs to: the first of its spans (or log records) whose resource names an existing
 * project; else the project that already holds the trace; else none (absent from the map). All spans of a trace in one
 * request go to one project; a later request that names another one opens the trace there too.
 *
 * `fallback` stands for the name that a resource does not give: the name or the id of a project, from senders that cannot
 * write resource attributes. It is no guess about the trace, so it comes before the project that holds it.
 */
export async function linkProjects(
	records: readonly Pick<ReportedSpan, "traceId" | "resource">[],
	fallback: string | null = null,
): Promise<Map<string, string>> {
	const names = new Map<Resource, string[]>();
	for (const { resource } of records) {
		if (!names.has(resource)) names.set(resource, namesOf(resource));
	}
	const ids = await findProjectIds([...names.values()].flat());
	const nameless = [...names.values()].some((own) => own.length === 0);
	const fallbackId = fallback !== null && nameless ? await findProject(fallback) : undefined;
	const linked = new Map<string, string>();
	for (const { traceId, resource } of records) {
		const own = names.get(resource) ?? [];
		const name = own.find((candidate) => ids.has(candidate));
		const id = own.length === 0 ? fallbackId : name === undefined ? undefined : ids.get(name);
		if (id && !linked.has(traceId)) linked.set(traceId, id);
	}
	const open = [...new Set(records.map(({ traceId }) => traceId))].filter((traceId) => !linked.has(traceId));
	if (open.length > 0) {
		const projectIds = (await listProjects()).map((project) => project.id);
		for (let start = 0; start < open.length; start += TRACES_PER_QUERY) {
			const known = await findTraceProjects(projectIds, open.slice(start, start + TRACES_PER_QUERY));
			for (const [traceId, id] of known) linked.set(traceId, id);
		}
	}
	return linked;
}

function namesOf(resource: Resource): string[] {
	return PROJECT_KEYS.flatMap((key) => {
		const value = resource.attributes.get(key);
		return value === undefined ? [] : [anyValueText(value)];
	});
}

async function findProject(reference: string): Promise<string | undefined> {
	const named = (await findProjectIds([reference])).get(reference);
	if (named !== undefined || !isUuid(reference)) return named;
	const id = reference.toLowerCase();
	return (await listProjects()).find((project) => project.id === id)?.id;
}
