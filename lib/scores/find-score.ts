import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";

const Row = z.object({
	score: z.number(),
	success: z.boolean(),
	parse_failed: z.boolean(),
	reason: z.string(),
	model: z.string(),
	cost_usd: z.number().nullable(),
	latency_ms: z.number().nullable(),
	judge_trace_id: z.string(),
});

export interface KeptScore {
	verdict: { score: number; success: boolean; reason: string; parseFailed: boolean };
	used: { model: string | null; costUsd: number | null; latencyMs: number | null; judgeTraceId: string | null };
}

/** The score that an evaluation left, of its latest attempt; null when it left none. */
export async function findScore(evaluation: {
	id: string;
	projectId: string;
	traceId: string;
	spanId: string;
}): Promise<KeptScore | null> {
	const { id, projectId, traceId, spanId } = evaluation;
	const [row] = await query({
		name: "find score",
		sql: sql`
			SELECT score, success, parse_failed, reason, model, cost_usd, latency_ms, judge_trace_id FROM scores
			WHERE project_id = ${string(projectId)} AND trace_id = ${string(traceId)} AND span_id = ${string(spanId)}
				AND evaluation_id = toUUID(${string(id)})
			ORDER BY attempt DESC LIMIT 1`,
		row: Row,
	});
	if (!row) return null;
	return {
		verdict: { score: row.score, success: row.success, reason: row.reason, parseFailed: row.parse_failed },
		used: {
			model: row.model || null,
			costUsd: row.cost_usd,
			latencyMs: row.latency_ms,
			judgeTraceId: row.judge_trace_id || null,
		},
	};
}
