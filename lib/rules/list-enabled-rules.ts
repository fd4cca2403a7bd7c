import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Rule } from "@/lib/rules/rule";
import { fromRuleRow } from "@/lib/rules/rule-row";

/** The rules of a project that judge new spans. */
export async function listEnabledRules(projectId: string): Promise<Rule[]> {
	const rows = await withDatabase(() =>
		db().rule.findMany({ where: { projectId, enabled: true }, orderBy: { id: "asc" } }),
	);
	return rows.map(fromRuleRow);
}
