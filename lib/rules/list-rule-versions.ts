import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { getRule } from "@/lib/rules/get-rule";
import type { RuleDefinition } from "@/lib/rules/rule";
import { StoredDefinition } from "@/lib/rules/stored-definition";

export interface RuleVersion {
	version: number;
	definition: RuleDefinition;
	createdAt: Date;
}

/** What a rule said at each version, the newest first. */
export async function listRuleVersions(projectId: string, ruleId: string): Promise<RuleVersion[]> {
	const rule = await getRule(projectId, ruleId);
	const rows = await withDatabase(() =>
		db().ruleVersion.findMany({ where: { ruleId: rule.id }, orderBy: { version: "desc" } }),
	);
	return rows.map(({ version, definition, createdAt }) => ({
		version,
		definition: StoredDefinition.parse(definition),
		createdAt,
	}));
}
