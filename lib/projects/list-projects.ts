import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Project } from "@/lib/projects/project";

/** All projects, by name. */
export function listProjects(): Promise<Project[]> {
	return withDatabase(() => db().project.findMany({ orderBy: { name: "asc" } }));
}
