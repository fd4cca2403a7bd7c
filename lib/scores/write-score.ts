import { insert } from "@/lib/clickhouse/insert";

/** The verdict of one evaluation, for filters and charts. */
export interface Score {
	evaluationId: string;
	projectId: string;
	traceId: string;
	spanId: string;
	ruleId: string | null;
	ruleVersion: number;
	evaluatorName: string;
	/** Raw, in the rule's own range. */
	score: number;
	scoreMin: number;
	scoreMax: number;
	threshold: number | null;
	success: boolean;
	/** No readable score: counted in no average. */
	parseFailed: boolean;
	reason: string;
	model: string;
	/** US dollars of the judge's calls, null when unknown; how long they took; their own trace. */
	costUsd: number | null;
	latencyMs: number | null;
	judgeTraceId: string | null;
	/** Which attempt at the evaluation this is. */
	attempt: number;
	scoredAt: Date;
	expiresAt: Date;
}

/** Stores a score; a later attempt at the same evaluation replaces it, an earlier one does not. */
export async function writeScore(score: Score): Promise<void> {
	await insert("scores", [
		{
			project_id: score.projectId,
			trace_id: score.traceId,
			span_id: score.spanId,
			evaluation_id: score.evaluationId,
			rule_id: score.ruleId ?? "",
			rule_version: score.ruleVersion,
			evaluator_name: score.evaluatorName,
			score: score.score,
			score_min: score.scoreMin,
			score_max: score.scoreMax,
			normalised: score.parseFailed ? null : normalise(score),
			threshold: score.threshold,
			success: score.success,
			parse_failed: score.parseFailed,
			reason: score.reason.toWellFormed(),
			model: score.model,
			cost_usd: score.costUsd,
			latency_ms: score.latencyMs,
			judge_trace_id: score.judgeTraceId ?? "",
			attempt: score.attempt,
			scored_at: timestamp(score.scoredAt),
			expires_at: timestamp(score.expiresAt),
		},
	]);
}

/** 0 to 1 within the rule's range; a score outside it counts as its nearest end. */
export function normalise({ score, scoreMin, scoreMax }: Pick<Score, "score" | "scoreMin" | "scoreMax">): number {
	return Math.min(1, Math.max(0, (score - scoreMin) / (scoreMax - scoreMin)));
}

function timestamp(date: Date): string {
	return date.toISOString().slice(0, -1).replace("T", " ");
}
