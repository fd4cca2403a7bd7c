import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { forgetProjectNames } from "@/lib/projects/find-project-ids";

/** Deletes a project with its rules and evaluations. Its spans are out of reach at once and expire on their own. */
export async function deleteProject(id: string): Promise<void> {
	try {
		await withDatabase(() => db().project.delete({ where: { id } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Project");
		throw error;
	} finally {
		forgetProjectNames();
	}
}
