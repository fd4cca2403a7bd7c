import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isUniqueViolation } from "@/lib/db/prisma-errors";
import { AppError } from "@/lib/errors";
import type { Project, ProjectInput } from "@/lib/projects/project";

/** Creates a project; a name already taken is `conflict`. */
export async function createProject(input: ProjectInput): Promise<Project> {
	try {
		return await withDatabase(() => db().project.create({ data: input }));
	} catch (error) {
		if (isUniqueViolation(error)) throw new AppError("conflict", `A project named "${input.name}" already exists`);
		throw error;
	}
}
