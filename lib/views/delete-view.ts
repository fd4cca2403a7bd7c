import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** Forgets a view. Another project's view is `not_found`. */
export async function deleteView(projectId: string, viewId: string): Promise<void> {
	if (!isUuid(viewId)) throw notFound("View");
	try {
		await withDatabase(() => db().savedView.delete({ where: { id: viewId, projectId } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("View");
		throw error;
	}
}
