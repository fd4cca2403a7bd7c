import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import type { Project } from "@/lib/projects/project";

/** The project of that id; `not_found` for anything else. */
export async function getProject(id: string): Promise<Project> {
	const project = isUuid(id) ? await withDatabase(() => db().project.findUnique({ where: { id } })) : null;
	if (!project) throw notFound("Project");
	return project;
}

/** The project named (or, failing that, identified) by `reference`; `not_found` when there is none. */
export async function getProjectByReference(reference: string): Promise<Project> {
	if (reference.includes("\0")) throw notFound("Project");
	const named = await withDatabase(() => db().project.findUnique({ where: { name: reference } }));
	return named ?? (await getProject(reference));
}
