import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, dateTime64Text, joinSql, sql, string, uint } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { newTask } from "@/lib/evaluations/new-task";
import { isSampledSql } from "@/lib/evaluations/sample";
import { listEnabledRules } from "@/lib/rules/list-enabled-rules";
import type { Rule } from "@/lib/rules/rule";
import { ruleCondition } from "@/lib/rules/rule-condition";
import { adoptSpans } from "@/lib/traces/adopt-spans";
import { utc } from "@/lib/traces/span-row";

const PAGE_ROWS = 1000;
/** Of a span that has something to judge. */
export const HAS_OUTPUT = sql`(output != '' OR output_from != '' OR output_text != '')`;

const Row = z.object({
	trace_id: z.string(),
	span_id: z.string(),
	inserted_at: z.string(),
	expires_at: z.string(),
	matched: z.array(z.number()),
});
type Row = z.infer<typeof Row>;

/**
 * Finds the spans of a project that arrived since the last call and makes one task for each enabled rule that one matches.
 * Reads by insert time with an overlap, so that late blocks and clock differences hide nothing; a pair of rule and span
 * seen twice stays one task, and so does a trace that several of its spans make a rule judge: that task waits until the
 * trace is quiet. Returns how many tasks are new. Judge spans never match, nor do spans without an output where spans are
 * judged, nor what the rule's sample leaves out.
 */
export async function planTasks({
	projectId,
	overlapMs,
	now = new Date(),
}: {
	projectId: string;
	overlapMs: number;
	now?: Date;
}): Promise<number> {
	const cursor = await withDatabase(() => db().matchCursor.findUnique({ where: { projectId } }));
	const rules = await listEnabledRules(projectId);
	const since = new Date((cursor?.matchedTo ?? earliest(rules, now)).getTime() - overlapMs);
	await adoptSpans(projectId, since);
	let planned = 0;
	let last: Row | undefined;
	while (rules.length > 0) {
		const rows = await matchedSpans(projectId, rules, { since, now, after: last });
		planned += await createTasks(projectId, rules, rows, now);
		last = rows.at(-1);
		if (rows.length < PAGE_ROWS) break;
	}
	await withDatabase(() =>
		db().matchCursor.upsert({
			where: { projectId },
			create: { projectId, matchedTo: now },
			update: { matchedTo: now },
		}),
	);
	return planned;
}

// A project never matched before: whatever arrived since its first rule.
function earliest(rules: Rule[], now: Date): Date {
	return new Date(Math.min(now.getTime(), ...rules.map((rule) => rule.activeSince.getTime())));
}

function matchedSpans(
	projectId: string,
	rules: Rule[],
	{ since, now, after }: { since: Date; now: Date; after: Row | undefined },
): Promise<Row[]> {
	const conditions = rules.map((rule) => {
		const judgeable = rule.target === "TRACE" ? sql`1` : HAS_OUTPUT;
		return sql`(${ruleCondition(rule, now)} AND ${judgeable} AND ${isSampledSql(rule.sampleRate)})`;
	});
	const position = after
		? sql`(inserted_at, trace_id, span_id) >
			(${dateTime64Text(after.inserted_at)}, ${string(after.trace_id)}, ${string(after.span_id)})`
		: sql`inserted_at >= ${dateTime64(since)}`;
	return query({
		name: "match spans",
		sql: sql`
			SELECT trace_id, span_id, inserted_at, expires_at, [${joinSql(conditions, ",")}] AS matched
			FROM spans
			WHERE project_id = ${string(projectId)} AND ${position} AND toDate(inserted_at) >= toDate(${dateTime64(since)})
				AND origin != 'judge' AND expires_at > now64(3) AND has(matched, 1)
			ORDER BY inserted_at, trace_id, span_id
			LIMIT ${uint(PAGE_ROWS)}`,
		row: Row,
	});
}

async function createTasks(projectId: string, rules: Rule[], rows: Row[], now: Date): Promise<number> {
	const data = rows.flatMap((row) =>
		rules
			.filter((_, index) => row.matched[index] === 1)
			.map((rule) =>
				newTask(rule, { traceId: row.trace_id, spanId: row.span_id, expiresAt: utc(row.expires_at), now }),
			),
	);
	if (data.length === 0) return 0;
	const { count } = await withDatabase(() => db().evaluationTask.createMany({ data, skipDuplicates: true }));
	// A span sent again lives longer, and the evaluations of its trace with it.
	await withDatabase(
		() => db().$executeRaw`
			UPDATE evaluation_tasks AS task SET expires_at = page.expires_at
			FROM (
				SELECT trace_id, max(expires_at) AS expires_at
				FROM unnest(
					${data.map((task) => task.traceId)}::text[],
					${data.map((task) => task.expiresAt.toISOString())}::timestamptz[]
				) AS found (trace_id, expires_at)
				GROUP BY trace_id
			) AS page
			WHERE task.project_id = ${projectId}::uuid AND task.trace_id = page.trace_id AND task.expires_at < page.expires_at`,
	);
	return count;
}
