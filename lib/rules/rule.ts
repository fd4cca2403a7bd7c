import { z } from "zod";
import { RequiredText, Text } from "@/lib/text";

/** Which spans of a project matter and how they are judged. */
export interface Rule {
	id: string;
	projectId: string;
	name: string;
	enabled: boolean;
	matchType: MatchType;
	/** Attribute key; null for SPAN_NAME. */
	matchKey: string | null;
	matchValue: string;
	connectionId: string;
	evaluatorName: string;
	criteria: string;
	minScore: number;
	maxScore: number;
	/** Null: every score passes. */
	threshold: number | null;
	/** Spans stored before this moment are left alone. */
	activeSince: Date;
	createdAt: Date;
	updatedAt: Date;
}

export const MatchType = z.enum(["SPAN_NAME", "ATTRIBUTE"]);
export type MatchType = z.infer<typeof MatchType>;

const score = z.number("must be a number");

/** Body of create and (full) update. `minScore` and `maxScore` default to 0 and 1. */
export const RuleInput = z
	.object({
		name: RequiredText.max(200, "must have at most 200 characters"),
		enabled: z
			.boolean()
			.nullish()
			.transform((value) => value ?? true),
		matchType: MatchType,
		matchKey: Text.nullish(),
		matchValue: Text.min(1, "must not be blank").refine((value) => value.trim() !== "", "must not be blank"),
		connectionId: z.guid("must be a UUID"),
		evaluatorName: RequiredText,
		criteria: RequiredText,
		minScore: score.nullish().transform((value) => value ?? 0),
		maxScore: score.nullish().transform((value) => value ?? 1),
		threshold: score.nullish().transform((value) => value ?? null),
	})
	.superRefine((rule, context) => {
		if (rule.matchType === "ATTRIBUTE" && !rule.matchKey?.trim()) {
			context.addIssue({ code: "custom", path: ["matchKey"], message: "is required when matchType is ATTRIBUTE" });
		}
		if (rule.minScore >= rule.maxScore) {
			context.addIssue({ code: "custom", path: ["minScore"], message: "must be less than maxScore" });
		}
	})
	.transform((rule) => ({ ...rule, matchKey: rule.matchType === "ATTRIBUTE" ? (rule.matchKey ?? null) : null }));
export type RuleInput = z.infer<typeof RuleInput>;
