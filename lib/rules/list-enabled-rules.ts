import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Rule } from "@/lib/rules/rule";

/** The rules of a project that judge new spans. */
export function listEnabledRules(projectId: string): Promise<Rule[]> {
	return withDatabase(() => db().rule.findMany({ where: { projectId, enabled: true }, orderBy: { id: "asc" } }));
}
