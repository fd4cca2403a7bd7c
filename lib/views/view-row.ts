import type { SavedView as Row, ViewPage as StoredPage } from "@/lib/db/generated/client";
import { type SavedView, VIEW_PAGES, type ViewPage } from "@/lib/views/saved-view";

/** A stored view as people see it. */
export function fromViewRow({ page, ...row }: Row): SavedView {
	return { ...row, page: VIEW_PAGES.find((name) => toStoredPage(name) === page) ?? "traces" };
}

/** A page as the store names it. */
export function toStoredPage(page: ViewPage): StoredPage {
	return page.toUpperCase() as StoredPage;
}
