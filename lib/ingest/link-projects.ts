import { findProjectIds } from "@/lib/projects/find-project-ids";
import { listProjects } from "@/lib/projects/list-projects";
import { anyValueText } from "@/lib/span/any-value";
import type { ReportedSpan, Resource } from "@/lib/span/span";
import { findTraceProjects } from "@/lib/traces/find-trace-projects";

/** Resource attributes that name a project, in order. */
const PROJECT_KEYS = ["dokimos.project", "dokimos.project.name", "spanwise.project"];

/**
 * Which project each trace of a request belongs to: the first of its spans whose resource names an existing project; else
 * the project that already holds the trace; else none (absent from the map). All spans of a trace in one
 * request go to one project; a later request that names another one opens the trace there too.
 */
export async function linkProjects(spans: readonly ReportedSpan[]): Promise<Map<string, string>> {
	const names = new Map<Resource, string[]>();
	for (const { resource } of spans) {
		if (!names.has(resource)) names.set(resource, namesOf(resource));
	}
	const ids = await findProjectIds([...names.values()].flat());
	const linked = new Map<string, string>();
	for (const span of spans) {
		const name = names.get(span.resource)?.find((candidate) => ids.has(candidate));
		const id = name === undefined ? undefined : ids.get(name);
		if (id && !linked.has(span.traceId)) linked.set(span.traceId, id);
	}
	const open = [...new Set(spans.map((span) => span.traceId))].filter((traceId) => !linked.has(traceId));
	if (open.length > 0) {
		const projects = await listProjects();
		const known = await findTraceProjects(
			projects.map((project) => project.id),
			open,
		);
		for (const [traceId, id] of known) linked.set(traceId, id);
	}
	return linked;
}

function namesOf(resource: Resource): string[] {
	return PROJECT_KEYS.flatMap((key) => {
		const value = resource.attributes.get(key);
		return value === undefined ? [] : [anyValueText(value)];
	});
}
