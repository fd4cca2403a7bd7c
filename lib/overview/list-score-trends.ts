import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, sql, strings, uint } from "@/lib/clickhouse/sql";
import { bucketLength, bucketStarts, type OverviewScope } from "@/lib/overview/overview-window";

export interface ScoreFigures {
	/** Verdicts that could be read. */
	count: number;
	/** Mean of the normalised scores, 0 to 1, and share of passes; null without verdicts. */
	mean: number | null;
	passRate: number | null;
}

export interface ScoreTrend {
	ruleId: string;
	total: ScoreFigures;
	/** By the moment of the verdict, oldest first, without gaps. */
	points: (ScoreFigures & { startMs: number })[];
}

const Row = z.object({
	rule_id: z.string(),
	whole: z.coerce.number(),
	bucket: z.string(),
	count: z.string(),
	mean: z.number(),
	pass_rate: z.number(),
});

/**
 * How the verdicts of each rule that gave some went over a window, the rule with most verdicts first. Of several verdicts of a
 * rule on the same thing, the latest of the window counts.
 */
export async function listScoreTrends(
	{ projectIds, window }: OverviewScope,
	{ limit = 6, bucketsMax = 30 } = {},
): Promise<ScoreTrend[]> {
	const bucketMs = bucketLength(window, bucketsMax);
	const rows = await query({
		name: "overview scores",
		sql: sql`
			SELECT rule_id, grouping(bucket) AS whole, bucket, count() AS count, avg(verdict.2) AS mean, avg(verdict.1) AS pass_rate
			FROM (
				SELECT rule_id, argMax(tuple(success, assumeNotNull(normalised)), (scored_at, attempt)) AS verdict,
					intDiv(toUInt64(toUnixTimestamp64Milli(max(scores.scored_at))), ${uint(bucketMs)}) AS bucket
				FROM scores FINAL
				WHERE project_id IN ${strings(projectIds)} AND rule_id != '' AND NOT parse_failed AND isNotNull(normalised)
					AND scored_at >= ${dateTime64(new Date(window.fromMs))} AND scored_at < ${dateTime64(new Date(window.toMs))}
					AND expires_at > now64(3)
				GROUP BY project_id, rule_id, trace_id, span_id)
			GROUP BY GROUPING SETS ((rule_id, bucket), (rule_id))`,
		row: Row,
	});
	const starts = bucketStarts(window, bucketMs);
	return rows
		.filter(({ whole }) => whole === 1)
		.sort((a, b) => Number(b.count) - Number(a.count) || (a.rule_id < b.rule_id ? -1 : 1))
		.slice(0, limit)
		.map((total) => {
			const own = rows.filter(({ rule_id, whole }) => rule_id === total.rule_id && whole === 0);
			const byStart = new Map(own.map((row) => [Number(row.bucket) * bucketMs, row]));
			return {
				ruleId: total.rule_id,
				total: figuresOf(total),
				points: starts.map((startMs) => ({ startMs, ...figuresOf(byStart.get(startMs)) })),
			};
		});
}

function figuresOf(row: z.infer<typeof Row> | undefined): ScoreFigures {
	return row
		? { count: Number(row.count), mean: row.mean, passRate: row.pass_rate }
		: { count: 0, mean: null, passRate: null };
}
