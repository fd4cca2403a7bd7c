import type { GroupLine } from "@/lib/traces/list-groups";

/** A session or a user as a table of them gets it. */
export interface GroupRow extends GroupLine {
	key: string;
	href: string;
	/** Null when the list is of one project, or the row of none. */
	projectName: string | null;
}
