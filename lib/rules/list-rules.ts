import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Rule } from "@/lib/rules/rule";
import { fromRuleRow } from "@/lib/rules/rule-row";

/** A project's rules, oldest first. */
export async function listRules(projectId: string): Promise<Rule[]> {
	const rows = await withDatabase(() =>
		db().rule.findMany({ where: { projectId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
	);
	return rows.map(fromRuleRow);
}
