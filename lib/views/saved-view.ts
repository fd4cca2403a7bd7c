import { z } from "zod";
import { RequiredText, Text } from "@/lib/text";

export const VIEW_PAGES = ["traces", "spans", "sessions", "users"] as const;
export type ViewPage = (typeof VIEW_PAGES)[number];

/** A list as somebody left it, under a name that everybody in the project sees. */
export interface SavedView {
	id: string;
	projectId: string;
	page: ViewPage;
	name: string;
	/** The query of the page's address, without its question mark. */
	query: string;
	createdAt: Date;
}

export const ViewInput = z.object({
	page: z.enum(VIEW_PAGES),
	name: RequiredText.max(100, "must have at most 100 characters"),
	query: Text.max(8_000, "is too long to be kept"),
});
export type ViewInput = z.infer<typeof ViewInput>;
