import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isForeignKeyViolation } from "@/lib/db/prisma-errors";
import { invalidInput, notFound } from "@/lib/errors";
import type { SavedView, ViewInput } from "@/lib/views/saved-view";
import { fromViewRow, toStoredPage } from "@/lib/views/view-row";

const VIEWS_MAX = 200;

/** Keeps a view under its name; the page's view of that name is replaced. A project has at most 200 for each page. */
export async function saveView(projectId: string, { page, name, query }: ViewInput): Promise<SavedView> {
	const key = { projectId, page: toStoredPage(page), name };
	try {
		const others = await withDatabase(() =>
			db().savedView.count({ where: { projectId, page: key.page, name: { not: name } } }),
		);
		if (others >= VIEWS_MAX) throw invalidInput(`name: a page has at most ${VIEWS_MAX} saved views`);
		const row = await withDatabase(() =>
			db().savedView.upsert({
				where: { projectId_page_name: key },
				create: { ...key, query },
				update: { query },
			}),
		);
		return fromViewRow(row);
	} catch (error) {
		if (isForeignKeyViolation(error)) throw notFound("Project");
		throw error;
	}
}
