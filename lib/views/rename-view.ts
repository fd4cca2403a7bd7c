import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow, isUniqueViolation } from "@/lib/db/prisma-errors";
import { invalidInput, notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** Gives a view another name. Another project's view is `not_found`; a name that is taken is `invalid_input`. */
export async function renameView(projectId: string, viewId: string, name: string): Promise<void> {
	if (!isUuid(viewId)) throw notFound("View");
	try {
		await withDatabase(() => db().savedView.update({ where: { id: viewId, projectId }, data: { name } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("View");
		if (isUniqueViolation(error)) throw invalidInput("name: another view has this name");
		throw error;
	}
}
