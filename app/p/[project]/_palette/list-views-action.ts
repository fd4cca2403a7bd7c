"use server";

import { openProject } from "@/app/p/[project]/open-project";
import { listViews } from "@/lib/views/list-views";
import { type SavedView, VIEW_PAGES } from "@/lib/views/saved-view";

export type PaletteView = Pick<SavedView, "id" | "name" | "page" | "query">;

/** The saved views of a URL segment's project; all projects together have none. */
export async function listViewsAction(segment: string): Promise<PaletteView[]> {
	const { project } = await openProject(segment);
	if (!project) return [];
	const views = await Promise.all(VIEW_PAGES.map((page) => listViews(project.id, page)));
	return views.flat().map(({ id, name, page, query }) => ({ id, name, page, query }));
}
