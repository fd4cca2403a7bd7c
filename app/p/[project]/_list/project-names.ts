import type { ProjectScope } from "@/lib/auth/require-project";
import { listProjects } from "@/lib/projects/list-projects";

/** How to call the project of a row: not at all where the list is of one project, or the row of none. */
export async function projectNames(scope: ProjectScope): Promise<(projectId: string | null) => string | null> {
	if (scope.project) return () => null;
	const names = new Map((await listProjects()).map(({ id, name }) => [id, name]));
	return (projectId) => names.get(projectId ?? "") ?? null;
}
