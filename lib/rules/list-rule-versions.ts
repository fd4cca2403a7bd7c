import { z } from "zod";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { FilterTree } from "@/lib/filter/filter";
import { Evaluator } from "@/lib/rules/evaluator";
import { getRule } from "@/lib/rules/get-rule";
import type { RuleDefinition } from "@/lib/rules/rule";

export interface RuleVersion {
	version: number;
	definition: RuleDefinition;
	createdAt: Date;
}

const Definition = z.object({
	filter: FilterTree,
	target: z.enum(["SPAN", "TRACE"]),
	settleSeconds: z.number(),
	settleSecondsMax: z.number(),
	sampleRate: z.number(),
	evaluatorName: z.string(),
	evaluator: Evaluator,
	connectionId: z.string().nullable(),
	minScore: z.number(),
	maxScore: z.number(),
	threshold: z.number().nullable(),
});

/** What a rule said at each version, the newest first. */
export async function listRuleVersions(projectId: string, ruleId: string): Promise<RuleVersion[]> {
	const rule = await getRule(projectId, ruleId);
	const rows = await withDatabase(() =>
		db().ruleVersion.findMany({ where: { ruleId: rule.id }, orderBy: { version: "desc" } }),
	);
	return rows.map(({ version, definition, createdAt }) => ({
		version,
		definition: Definition.parse(definition),
		createdAt,
	}));
}
