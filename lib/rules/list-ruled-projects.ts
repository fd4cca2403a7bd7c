import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/** Ids of the projects that have an enabled rule. */
export async function listRuledProjects(): Promise<string[]> {
	const rows = await withDatabase(() =>
		db().rule.findMany({ where: { enabled: true }, distinct: ["projectId"], select: { projectId: true } }),
	);
	return rows.map((row) => row.projectId);
}
