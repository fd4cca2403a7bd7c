import { z } from "zod";
import type { TimeWindow } from "@/lib/alerts/time-window";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, sql, string } from "@/lib/clickhouse/sql";

const Row = z.object({ samples: z.string(), pass_rate: z.number().nullable(), mean_score: z.number().nullable() });

interface Measured {
	/** Scores that could be read. */
	samples: number;
	/** Null without samples. */
	passRate: number | null;
	/** Normalised, 0 to 1. */
	meanScore: number | null;
}

/**
 * The scores that a rule, or every rule of the project, gave in a window. Of several attempts at an evaluation, and of
 * several verdicts of a rule on the same thing, the latest of the window counts; answers that held no readable score do not.
 */
export async function measureScores({
	projectId,
	ruleId,
	window,
}: {
	projectId: string;
	ruleId: string | null;
	window: TimeWindow;
}): Promise<Measured> {
	const byRule = ruleId === null ? sql`1` : sql`rule_id = ${string(ruleId)}`;
	const [row] = await query({
		name: "measure scores",
		sql: sql`
			SELECT count() AS samples, avg(verdict.1) AS pass_rate, avg(verdict.2) AS mean_score
			FROM (
				SELECT argMax(tuple(success, normalised), (scored_at, attempt)) AS verdict
				FROM scores FINAL
				WHERE project_id = ${string(projectId)} AND ${byRule} AND NOT parse_failed
					AND scored_at >= ${dateTime64(window.from)} AND scored_at < ${dateTime64(window.to)}
					AND expires_at > now64(3)
				GROUP BY rule_id, trace_id, span_id
			)`,
		row: Row,
	});
	return {
		samples: Number(row?.samples ?? 0),
		passRate: row?.pass_rate ?? null,
		meanScore: row?.mean_score ?? null,
	};
}
