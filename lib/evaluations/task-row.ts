import type { EvaluationTask } from "@/lib/db/generated/client";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import { TaskSnapshot } from "@/lib/evaluations/task-snapshot";
import { normalise } from "@/lib/scores/write-score";

/** A task as people see it. */
export function fromTaskRow(row: EvaluationTask): Evaluation {
	const { evaluatorName, minScore, maxScore, threshold } = TaskSnapshot.parse(row.snapshot);
	const { id, projectId, traceId, spanId, ruleId, ruleVersion, status, score, success, reason, parseFailed } = row;
	const { attempts, lastError, notBefore, model, costUsd, latencyMs, judgeTraceId, createdAt, completedAt } = row;
	const isScored = score !== null && !parseFailed;
	return {
		id,
		projectId,
		traceId,
		spanId,
		ruleId,
		ruleVersion,
		status,
		score,
		success,
		reason,
		parseFailed,
		attempts,
		lastError,
		notBefore,
		model,
		costUsd,
		latencyMs,
		judgeTraceId,
		createdAt,
		completedAt,
		evaluatorName,
		minScore,
		maxScore,
		threshold,
		current: row.current === true,
		normalised: isScored ? normalise({ score, scoreMin: minScore, scoreMax: maxScore }) : null,
	};
}
