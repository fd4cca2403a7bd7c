import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { joinSql, type Sql, sql, string, uint } from "@/lib/clickhouse/sql";
import { db, type Store } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Backfill } from "@/lib/db/generated/client";
import { isAppError } from "@/lib/errors";
import { newTask } from "@/lib/evaluations/new-task";
import { HAS_OUTPUT } from "@/lib/evaluations/plan-tasks";
import { isSampledSql } from "@/lib/evaluations/sample";
import { FilterTree } from "@/lib/filter/filter";
import { filterSql } from "@/lib/filter/filter-sql";
import { getRule } from "@/lib/rules/get-rule";
import { listEnabledRules } from "@/lib/rules/list-enabled-rules";
import type { Rule } from "@/lib/rules/rule";
import { utc } from "@/lib/traces/span-row";
import { startedBetween } from "@/lib/traces/started-between";

const PAGE_ROWS = 1000;

const Position = z.object({ ruleId: z.string(), traceId: z.string(), spanId: z.string() });
type Position = z.infer<typeof Position>;

const Row = z.object({ trace_id: z.string(), span_id: z.string(), expires: z.string() });
type Row = z.infer<typeof Row>;

/**
 * Takes a backfill one page further: finds the next thousand spans or traces that a rule fits and makes tasks of them. What
 * waits or runs already stays; what failed or was over budget is judged again, what has a verdict only when the wish says
 * so: then the new decision replaces the old one. True while there is more. The page and how far it came are written
 * together, so that a page done again after a crash changes nothing. A page that cannot be read at all ends it as FAILED.
 */
export async function advanceBackfill(id: string, now: Date = new Date()): Promise<boolean> {
	const backfill = await withDatabase(() => db().backfill.findUnique({ where: { id } }));
	if (backfill?.status !== "RUNNING") return false;
	try {
		return await takePage(backfill, now);
	} catch (error) {
		if (!isAppError(error) || error.retryable) throw error;
		const lastError = error.publicMessage;
		await withDatabase(() =>
			db().backfill.updateMany({
				where: { id, status: "RUNNING" },
				data: { status: "FAILED", lastError, endedAt: now },
			}),
		);
		return false;
	}
}

async function takePage(backfill: Backfill, now: Date): Promise<boolean> {
	const { id } = backfill;
	const { projectId } = backfill;
	const rules = backfill.ruleId ? [await getRule(projectId, backfill.ruleId)] : await listEnabledRules(projectId);
	const position = Position.nullable().parse(backfill.position);
	// Rules are taken by their ids, so that one made or deleted meanwhile moves nothing.
	const [rule, next] = rules
		.sort((a, b) => (a.id < b.id ? -1 : 1))
		.filter((one) => !position || one.id >= position.ruleId);
	if (!rule) return finish(backfill, now);
	const after = position?.ruleId === rule.id ? position : null;
	const rows = await fittingRows(backfill, rule, after, now);
	const last = rows.at(-1);
	const isThrough = rows.length < PAGE_ROWS;
	const reached: Position | null = isThrough
		? next
			? { ruleId: next.id, traceId: "", spanId: "" }
			: null
		: { ruleId: rule.id, traceId: last?.trace_id ?? "", spanId: last?.span_id ?? "" };
	await withDatabase(() =>
		db().$transaction(async (store) => {
			const { count } = await store.backfill.updateMany({
				where: { id, status: "RUNNING", matched: backfill.matched, planned: backfill.planned },
				data: {
					matched: { increment: rows.length },
					...(reached ? { position: reached } : { status: "DONE", endedAt: now }),
				},
			});
			// Cancelled, or taken further by somebody else.
			if (count === 0) return;
			const planned = await plan(store, { backfill, rule, rows, now });
			await store.backfill.update({ where: { id }, data: { planned: { increment: planned } } });
		}),
	);
	return reached !== null;
}

async function finish({ id }: Backfill, now: Date): Promise<boolean> {
	await withDatabase(() =>
		db().backfill.updateMany({ where: { id, status: "RUNNING" }, data: { status: "DONE", endedAt: now } }),
	);
	return false;
}

function fittingRows(backfill: Backfill, rule: Rule, after: Position | null, now: Date): Promise<Row[]> {
	const { projectId, traceId, from, to } = backfill;
	const narrower = backfill.filter === null ? null : FilterTree.parse(backfill.filter);
	const isTrace = rule.target === "TRACE";
	const conditions: Sql[] = [
		...(traceId ? [sql`trace_id = ${string(traceId)}`] : []),
		startedBetween(from, to),
		sql`origin != 'judge' AND expires_at > now64(3)`,
		isSampledSql(rule.sampleRate),
		filterSql(rule.filter, now),
		...(narrower ? [filterSql(narrower, now)] : []),
		...(isTrace ? [] : [HAS_OUTPUT]),
		...(after && after.traceId !== "" ? [position(after, isTrace)] : []),
	];
	const where = joinSql(conditions, "AND");
	return query({
		name: "backfill page",
		sql: isTrace
			? sql`
				SELECT trace_id, '' AS span_id, max(spans.expires_at) AS expires FROM spans FINAL
				WHERE project_id = ${string(projectId)} AND ${where}
				GROUP BY trace_id ORDER BY trace_id LIMIT ${uint(PAGE_ROWS)}`
			: sql`
				SELECT trace_id, span_id, expires_at AS expires FROM spans FINAL
				WHERE project_id = ${string(projectId)} AND ${where}
				ORDER BY trace_id, span_id LIMIT ${uint(PAGE_ROWS)}`,
		row: Row,
		timeoutSeconds: 60,
	});
}

function position({ traceId, spanId }: Position, isTrace: boolean): Sql {
	if (isTrace) return sql`trace_id > ${string(traceId)}`;
	return sql`(trace_id, span_id) > (${string(traceId)}, ${string(spanId)})`;
}

interface Page {
	backfill: Backfill;
	rule: Rule;
	rows: Row[];
	now: Date;
}

async function plan(store: Store, { backfill, rule, rows, now }: Page): Promise<number> {
	if (rows.length === 0) return 0;
	await store.$executeRaw`
		UPDATE evaluation_tasks SET current = NULL
		FROM unnest(${rows.map((row) => row.trace_id)}::text[], ${rows.map((row) => row.span_id)}::text[]) AS page (trace_id, span_id)
		WHERE evaluation_tasks.rule_id = ${rule.id}::uuid AND current
			AND evaluation_tasks.trace_id = page.trace_id AND evaluation_tasks.span_id = page.span_id
			AND backfill_id IS DISTINCT FROM ${backfill.id}::uuid
			AND (status IN ('FAILED', 'OVER_BUDGET') OR ${backfill.anew} AND status = 'SUCCEEDED')`;
	const data = rows.map((row) => ({
		...newTask(rule, { traceId: row.trace_id, spanId: row.span_id, expiresAt: utc(row.expires), now }),
		// What is stored already is hardly still growing; the attempt looks.
		notBefore: null,
		backfillId: backfill.id,
	}));
	const { count } = await store.evaluationTask.createMany({ data, skipDuplicates: true });
	return count;
}
