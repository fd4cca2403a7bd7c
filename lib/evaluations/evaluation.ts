export type TaskStatus = "PENDING" | "CLAIMED" | "SUCCEEDED" | "FAILED" | "BLOCKED" | "OVER_BUDGET";

/** One judgement of one span or trace by one rule, as people see it. */
export interface Evaluation {
	id: string;
	projectId: string;
	traceId: string;
	/** 16 hex digits; empty when the whole trace is judged. */
	spanId: string;
	/** Null once the rule is deleted. */
	ruleId: string | null;
	ruleVersion: number;
	/** False once a later judgement took its place. */
	current: boolean;
	evaluatorName: string;
	status: TaskStatus;
	score: number | null;
	/** 0 to 1 within the range; null when there is no readable score. */
	normalised: number | null;
	minScore: number;
	maxScore: number;
	threshold: number | null;
	success: boolean | null;
	reason: string | null;
	/** The judge answered, but with no readable score: counted in no average. */
	parseFailed: boolean;
	attempts: number;
	lastError: string | null;
	/** While pending: not tried before this moment. */
	notBefore: Date | null;
	/** The model that answered; null when code did, or nobody yet. */
	model: string | null;
	/** US dollars of all its calls by the price list; null when unknown. */
	costUsd: number | null;
	latencyMs: number | null;
	/** The trace of the judge's own calls. */
	judgeTraceId: string | null;
	createdAt: Date;
	completedAt: Date | null;
}
