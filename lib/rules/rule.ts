import type { FilterTree } from "@/lib/filter/filter";
import type { Evaluator } from "@/lib/rules/evaluator";

/** Which spans or traces of a project matter and how they are judged. */
export interface Rule extends RuleDefinition {
	id: string;
	projectId: string;
	name: string;
	enabled: boolean;
	/** From 1; raised by every change of the definition. */
	version: number;
	/** US dollars and evaluations a day (UTC); null: no limit. */
	dailyBudgetUsd: number | null;
	dailyBudgetCount: number | null;
	/** Of evaluations that wait for one connection, the higher goes first. */
	priority: number;
	/** Spans stored before this moment are left alone. */
	activeSince: Date;
	createdAt: Date;
	updatedAt: Date;
}

/** Everything of a rule that a verdict depends on. */
export interface RuleDefinition {
	/** Of a TRACE rule, at least one span of the trace must fit. */
	filter: FilterTree;
	target: RuleTarget;
	/** A trace is judged when its root has come and nothing more came for so many seconds ... */
	settleSeconds: number;
	/** ... or when its first span came so many seconds ago. */
	settleSecondsMax: number;
	/** The share of the spans or traces that fit which is judged, more than 0 to 1; see `sampleOf`. */
	sampleRate: number;
	/** The name that scores carry. */
	evaluatorName: string;
	evaluator: Evaluator;
	/** The model that judges; null when none does. */
	connectionId: string | null;
	minScore: number;
	maxScore: number;
	/** Null: every score passes. */
	threshold: number | null;
}

export type RuleTarget = "SPAN" | "TRACE";

/** What people set of a rule. */
export type RuleInput = RuleDefinition &
	Pick<Rule, "name" | "enabled" | "dailyBudgetUsd" | "dailyBudgetCount" | "priority">;
