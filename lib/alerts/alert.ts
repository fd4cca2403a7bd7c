import { z } from "zod";
import { RequiredText } from "@/lib/text";

export const AlertMetric = z.enum(["PASS_RATE", "MEAN_SCORE", "ERROR_RATIO", "LATENCY_P95", "COST"]);
export type AlertMetric = z.infer<typeof AlertMetric>;

export const AlertComparison = z.enum(["ABOVE", "BELOW", "RISES_BY", "FALLS_BY"]);
export type AlertComparison = z.infer<typeof AlertComparison>;

/** NO_DATA: too few samples to say, and it was not firing before. */
export type AlertState = "OK" | "FIRING" | "NO_DATA";

/** What is watched, and what it says right now. */
export interface Alert {
	id: string;
	projectId: string;
	/** Null: the whole project. */
	ruleId: string | null;
	name: string;
	metric: AlertMetric;
	comparison: AlertComparison;
	/**
	 * ABOVE and BELOW: in the metric's unit, a share, a normalised score (0 to 1), milliseconds or US dollars. RISES_BY and
	 * FALLS_BY: a share of what it was in the window before.
	 */
	threshold: number;
	windowMinutes: number;
	minSamples: number;
	enabled: boolean;
	/** Nobody is told before this moment. */
	mutedUntil: Date | null;
	state: AlertState;
	stateSince: Date;
	lastValue: number | null;
	/** Null: not measured since it was made or changed. */
	checkedAt: Date | null;
	createdAt: Date;
}

/** Metrics of one rule or of all rules; the others speak of the whole project. */
export const METRICS_OF_RULES: ReadonlySet<AlertMetric> = new Set(["PASS_RATE", "MEAN_SCORE", "COST"]);

const SHARES: ReadonlySet<AlertMetric> = new Set(["PASS_RATE", "MEAN_SCORE", "ERROR_RATIO"]);
const SAMPLES_MAX = 1_000_000;
const WINDOW_MINUTES_MAX = 10_080;

/** Body of create and (full) update. `minSamples` defaults to 1; 0 lets a cost of nothing count as 0 dollars. */
export const AlertInput = z
	.object({
		name: RequiredText.max(200, "must have at most 200 characters"),
		ruleId: z
			.union([z.literal(""), z.guid("must be a UUID")])
			.nullish()
			.transform((value) => value || null),
		metric: AlertMetric,
		comparison: AlertComparison,
		threshold: z.number("must be a number").min(0, "must not be negative"),
		windowMinutes: z
			.int("must be a whole number")
			.min(1, "must be at least 1")
			.max(WINDOW_MINUTES_MAX, `must be at most ${WINDOW_MINUTES_MAX}, which is a week`),
		minSamples: z
			.int("must be a whole number")
			.min(0, "must not be negative")
			.max(SAMPLES_MAX, `must be at most ${SAMPLES_MAX}`)
			.nullish()
			.transform((value) => value ?? 1),
		enabled: z
			.boolean()
			.nullish()
			.transform((value) => value ?? true),
	})
	.superRefine((alert, context) => {
		const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
		const { metric, comparison, threshold } = alert;
		const absolute = comparison === "ABOVE" || comparison === "BELOW";
		if (absolute && SHARES.has(metric) && threshold > 1) complain("threshold", "must be from 0 to 1");
		if (comparison === "RISES_BY" && threshold === 0) complain("threshold", "must be more than 0");
		if (comparison === "FALLS_BY" && (threshold === 0 || threshold >= 1)) {
			complain("threshold", "must be more than 0 and less than 1, for nothing falls below zero");
		}
		if (comparison === "BELOW" && threshold === 0) complain("threshold", "must be more than 0: nothing is below zero");
		if (comparison === "ABOVE" && SHARES.has(metric) && threshold === 1) {
			complain("threshold", "must be less than 1: nothing is above it");
		}
		if (alert.ruleId !== null && !METRICS_OF_RULES.has(metric)) {
			complain("ruleId", `must be empty: ${metric} speaks of the whole project`);
		}
	});
export type AlertInput = z.infer<typeof AlertInput>;
