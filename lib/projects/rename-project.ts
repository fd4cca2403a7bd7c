import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow, isUniqueViolation } from "@/lib/db/prisma-errors";
import { AppError, notFound } from "@/lib/errors";
import { forgetProjectNames } from "@/lib/projects/find-project-ids";
import type { Project, ProjectInput } from "@/lib/projects/project";

/** Gives a project another name; spans that still send the old one are no longer linked. */
export async function renameProject(id: string, input: ProjectInput): Promise<Project> {
	try {
		return await withDatabase(() => db().project.update({ where: { id }, data: input }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Project");
		if (isUniqueViolation(error)) throw new AppError("conflict", `A project named "${input.name}" already exists`);
		throw error;
	} finally {
		forgetProjectNames();
	}
}
