import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { SavedView, ViewPage } from "@/lib/views/saved-view";
import { fromViewRow, toStoredPage } from "@/lib/views/view-row";

/** The saved views of one page of a project, by name. */
export async function listViews(projectId: string, page: ViewPage): Promise<SavedView[]> {
	const rows = await withDatabase(() =>
		db().savedView.findMany({ where: { projectId, page: toStoredPage(page) }, orderBy: { name: "asc" } }),
	);
	return rows.map(fromViewRow);
}
