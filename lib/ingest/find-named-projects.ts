import { isUuid } from "@/lib/ids";
import { findProjectIds } from "@/lib/projects/find-project-ids";
import { listProjects } from "@/lib/projects/list-projects";
import { anyValueText } from "@/lib/span/any-value";
import type { Resource } from "@/lib/span/span";

/** Resource attributes that name a project, in order. */
const PROJECT_KEYS = ["dokimos.project", "dokimos.project.name", "spanwise.project"];

/**
 * The projects that resources name, by resource: the first of its names that exists; a resource whose names are all unknown
 * is not in the map. `fallback` stands for the name that a resource does not give: the name or the id of a project, from
 * senders that cannot write resource attributes.
 */
export async function findNamedProjects(
	resources: ReadonlySet<Resource>,
	fallback: string | null = null,
): Promise<Map<Resource, string>> {
	const names = new Map([...resources].map((resource) => [resource, namesOf(resource)]));
	const ids = await findProjectIds([...names.values()].flat());
	const nameless = [...names.values()].some((own) => own.length === 0);
	const fallbackId = fallback !== null && nameless ? await findProject(fallback) : undefined;
	const named = new Map<Resource, string>();
	for (const [resource, own] of names) {
		const name = own.find((candidate) => ids.has(candidate));
		const id = own.length === 0 ? fallbackId : name === undefined ? undefined : ids.get(name);
		if (id !== undefined) named.set(resource, id);
	}
	return named;
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
