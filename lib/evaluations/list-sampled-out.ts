import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { joinSql, sql, string, strings } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { HAS_OUTPUT } from "@/lib/evaluations/plan-tasks";
import { isSampled } from "@/lib/evaluations/sample";
import type { Rule } from "@/lib/rules/rule";
import { ruleCondition } from "@/lib/rules/rule-condition";
import { fromRuleRow } from "@/lib/rules/rule-row";

/** A trace that a rule fits and leaves to chance. */
export interface SampledOut {
	projectId: string;
	traceId: string;
	ruleId: string;
	evaluatorName: string;
}

const Row = z.object({ trace_id: z.string(), matched: z.array(z.number()) });

/**
 * Which of the given traces enabled rules would judge if their sample did not leave them out. Costs one statement for each
 * project that has such a rule.
 */
export async function listSampledOut(
	{ projectIds, traceIds }: { projectIds: string[]; traceIds: string[] },
	now: Date = new Date(),
): Promise<SampledOut[]> {
	const linked = projectIds.filter((id) => id !== "");
	if (linked.length === 0 || traceIds.length === 0) return [];
	const rows = await withDatabase(() =>
		db().rule.findMany({
			where: { projectId: { in: linked }, enabled: true, sampleRate: { lt: 1 } },
			orderBy: { id: "asc" },
		}),
	);
	const rules = rows.flatMap(readable);
	const found = await Promise.all(
		[...new Set(rules.map(({ projectId }) => projectId))].map((projectId) =>
			ofProject(
				rules.filter((rule) => rule.projectId === projectId),
				{ projectId, traceIds, now },
			),
		),
	);
	return found.flat();
}

async function ofProject(
	rules: Rule[],
	{ projectId, traceIds, now }: { projectId: string; traceIds: string[]; now: Date },
): Promise<SampledOut[]> {
	const left = traceIds.filter((traceId) => rules.some(({ sampleRate }) => !isSampled(traceId, sampleRate)));
	if (left.length === 0) return [];
	const fits = rules.map((rule) => {
		const judgeable = rule.target === "TRACE" ? sql`1` : HAS_OUTPUT;
		return sql`max(${ruleCondition(rule, now)} AND ${judgeable})`;
	});
	const rows = await query({
		name: "list sampled out",
		sql: sql`
			SELECT trace_id, [${joinSql(fits, ",")}] AS matched
			FROM spans FINAL
			WHERE project_id = ${string(projectId)} AND trace_id IN ${strings(left)}
				AND origin != 'judge' AND expires_at > now64(3)
			GROUP BY trace_id`,
		row: Row,
	});
	return rows.flatMap(({ trace_id: traceId, matched }) =>
		rules
			.filter((rule, index) => matched[index] === 1 && !isSampled(traceId, rule.sampleRate))
			.map(({ id: ruleId, evaluatorName }) => ({ projectId, traceId, ruleId, evaluatorName })),
	);
}

// One that cannot be read judges nothing, and says so in the log when it should.
function readable(row: Parameters<typeof fromRuleRow>[0]): Rule[] {
	try {
		return [fromRuleRow(row)];
	} catch {
		return [];
	}
}
