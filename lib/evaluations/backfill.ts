export type BackfillStatus = "RUNNING" | "DONE" | "CANCELLED" | "FAILED";

/** A wish to judge what is stored already, and how far it came. */
export interface BackfillProgress {
	id: string;
	projectId: string;
	/** Null: every enabled rule. */
	ruleId: string | null;
	/** Null: every trace of the window. */
	traceId: string | null;
	/** Start times of spans, `to` apart. */
	from: Date;
	to: Date;
	/** What has a verdict is judged again. */
	anew: boolean;
	/** Whether everything that fits was found; evaluations may still be under way. */
	status: BackfillStatus;
	/** Spans or traces that fitted, and evaluations made of them. */
	matched: number;
	planned: number;
	/** Of those, how many were judged or failed, how many of these failed, how many the budget left out, how many are open. */
	ended: number;
	failed: number;
	overBudget: number;
	open: number;
	lastError: string | null;
	createdAt: Date;
	endedAt: Date | null;
}
