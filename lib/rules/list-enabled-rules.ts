import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Rule as Row } from "@/lib/db/generated/client";
import { logger } from "@/lib/logger";
import type { Rule } from "@/lib/rules/rule";
import { fromRuleRow } from "@/lib/rules/rule-row";

/** The rules of a project that judge new spans; one that cannot be read any more is left out, and logged. */
export async function listEnabledRules(projectId: string): Promise<Rule[]> {
	const rows = await withDatabase(() =>
		db().rule.findMany({ where: { projectId, enabled: true }, orderBy: { id: "asc" } }),
	);
	return rows.flatMap(readable);
}

function readable(row: Row): Rule[] {
	try {
		return [fromRuleRow(row)];
	} catch {
		logger.error("a rule cannot be read and judges nothing", { rule: row.id });
		return [];
	}
}
