import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Rule } from "@/lib/rules/rule";

/** A project's rules, oldest first. */
export function listRules(projectId: string): Promise<Rule[]> {
	return withDatabase(() =>
		db().rule.findMany({ where: { projectId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
	);
}
