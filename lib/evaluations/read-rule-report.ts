import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, sql, string } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { spendDay } from "@/lib/evaluations/record-spend";
import { fromTaskRow } from "@/lib/evaluations/task-row";
import { getRule } from "@/lib/rules/get-rule";
import { DAY_MS } from "@/lib/time";

const TREND_DAYS = 14;
const VERDICTS = 10;

/** How a current decision of a rule stands. */
export type ReportedState =
	| "pending"
	| "running"
	| "blocked"
	| "passed"
	| "failed"
	| "unreadable"
	| "judge_failed"
	| "over_budget";

export interface TrendDay {
	/** Its beginning, UTC. */
	day: Date;
	/** Mean of the normalised scores and share of passes; null on a day without readable scores. */
	mean: number | null;
	passRate: number | null;
	count: number;
}

export interface RuleReport {
	counts: Record<ReportedState, number>;
	lastError: { text: string; at: Date } | null;
	/** US dollars and ended evaluations of today (UTC). */
	spentToday: { usd: number; count: number };
	/** The last 14 days, today last. */
	trend: TrendDay[];
	/** The latest first. */
	lastVerdicts: Evaluation[];
}

const TrendRow = z.object({
	day: z.string(),
	mean: z.number().nullable(),
	passed: z.number(),
	count: z.coerce.number(),
});

/** How a rule fares; `not_found` for another project's. */
export async function readRuleReport(projectId: string, ruleId: string, now: Date = new Date()): Promise<RuleReport> {
	const { id } = await getRule(projectId, ruleId);
	const today = spendDay(now);
	const current = { ruleId: id, current: true, expiresAt: { gt: now } };
	const [groups, failed, spent, verdicts, days] = await Promise.all([
		withDatabase(() =>
			db().evaluationTask.groupBy({ by: ["status", "success", "parseFailed"], where: current, _count: { _all: true } }),
		),
		withDatabase(() =>
			db().evaluationTask.findFirst({
				where: { ...current, lastError: { not: null }, status: { not: "OVER_BUDGET" } },
				orderBy: { createdAt: "desc" },
				select: { lastError: true, completedAt: true, claimedAt: true, createdAt: true },
			}),
		),
		withDatabase(() => db().ruleSpend.findUnique({ where: { ruleId_day: { ruleId: id, day: today } } })),
		withDatabase(() =>
			db().evaluationTask.findMany({
				where: { ...current, status: "SUCCEEDED" },
				orderBy: { createdAt: "desc" },
				take: VERDICTS,
			}),
		),
		readTrend(projectId, id, new Date(today.getTime() - (TREND_DAYS - 1) * DAY_MS)),
	]);
	const counts: Record<ReportedState, number> = {
		pending: 0,
		running: 0,
		blocked: 0,
		passed: 0,
		failed: 0,
		unreadable: 0,
		judge_failed: 0,
		over_budget: 0,
	};
	for (const { status, success, parseFailed, _count } of groups)
		counts[stateOf(status, success, parseFailed)] += _count._all;
	return {
		counts,
		lastError: failed?.lastError
			? { text: failed.lastError, at: failed.completedAt ?? failed.claimedAt ?? failed.createdAt }
			: null,
		spentToday: { usd: spent?.usd ?? 0, count: spent?.count ?? 0 },
		trend: fillTrend(days, today),
		lastVerdicts: verdicts.map(fromTaskRow),
	};
}

function stateOf(status: Evaluation["status"], success: boolean | null, parseFailed: boolean): ReportedState {
	switch (status) {
		case "PENDING":
			return "pending";
		case "CLAIMED":
			return "running";
		case "BLOCKED":
			return "blocked";
		case "FAILED":
			return "judge_failed";
		case "OVER_BUDGET":
			return "over_budget";
		case "SUCCEEDED":
			if (parseFailed) return "unreadable";
			return success ? "passed" : "failed";
	}
}

// Of a span judged twice on a day, the last verdict counts.
function readTrend(projectId: string, ruleId: string, since: Date) {
	return query({
		name: "rule trend",
		sql: sql`
			SELECT day, avg(score) AS mean, avg(success) AS passed, count() AS count
			FROM (
				SELECT toString(toDate(scored_at)) AS day, trace_id, span_id,
					argMax(assumeNotNull(normalised), (scored_at, attempt)) AS score, argMax(success, (scored_at, attempt)) AS success
				FROM scores
				WHERE project_id = ${string(projectId)} AND rule_id = ${string(ruleId)} AND scored_at >= ${dateTime64(since)}
					AND NOT parse_failed AND isNotNull(normalised) AND expires_at > now64(3)
				GROUP BY day, trace_id, span_id)
			GROUP BY day`,
		row: TrendRow,
	});
}

function fillTrend(rows: z.infer<typeof TrendRow>[], today: Date): TrendDay[] {
	const known = new Map(rows.map((row) => [row.day, row]));
	return Array.from({ length: TREND_DAYS }, (_, index) => {
		const day = new Date(today.getTime() - (TREND_DAYS - 1 - index) * DAY_MS);
		const row = known.get(day.toISOString().slice(0, 10));
		return { day, mean: row?.mean ?? null, passRate: row ? row.passed : null, count: row?.count ?? 0 };
	});
}
