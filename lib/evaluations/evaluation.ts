export type TaskStatus = "PENDING" | "CLAIMED" | "SUCCEEDED" | "FAILED";

/** One judgement of one span by one rule, as people see it. */
export interface Evaluation {
	id: string;
	projectId: string;
	traceId: string;
	/** 16 hex digits. */
	spanId: string;
	/** Null once the rule is deleted. */
	ruleId: string | null;
	evaluatorName: string;
	status: TaskStatus;
	score: number | null;
	minScore: number;
	maxScore: number;
	threshold: number | null;
	success: boolean | null;
	reason: string | null;
	/** The judge answered, but with no readable score: counted in no average. */
	parseFailed: boolean;
	attempts: number;
	lastError: string | null;
	createdAt: Date;
	completedAt: Date | null;
}
