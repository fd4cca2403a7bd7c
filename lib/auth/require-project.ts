import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { getProject } from "@/lib/projects/get-project";
import { listProjects } from "@/lib/projects/list-projects";
import type { Project } from "@/lib/projects/project";

/** Traces whose spans name no known project. */
export const UNLINKED = "";

/** Whose data a reader may see. `project` is null when that is everything, linked to a project or not. */
export interface ProjectScope {
	project: Project | null;
	projectIds: string[];
}

/** The scope of a URL segment: a project id, or `all`. Throws `not_found` for an unknown project. */
export async function requireProject(segment: string): Promise<ProjectScope> {
	if (segment === "all") {
		const projects = await listProjects();
		return { project: null, projectIds: [UNLINKED, ...projects.map((project) => project.id)] };
	}
	if (!isUuid(segment)) throw notFound("Project");
	const project = await getProject(segment);
	return { project, projectIds: [project.id] };
}
