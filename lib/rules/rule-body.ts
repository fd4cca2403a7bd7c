import { z } from "zod";
import type { FilterTree } from "@/lib/filter/filter";
import { Evaluator } from "@/lib/rules/evaluator";
import { FilterBody } from "@/lib/rules/filter-body";
import type { RuleInput } from "@/lib/rules/rule";
import { type Selector, selectorFilter } from "@/lib/rules/selector";
import { RequiredText, Text } from "@/lib/text";

export const DAY_SECONDS = 86_400;

const score = z.number("must be a number");
const orElse =
	<const Fallback>(fallback: Fallback) =>
	<Value>(value: Value) =>
		value ?? fallback;

/**
 * Body of create and (full) update. Which spans: a `filter` as text or JSON, or the selector of Dokimos (`matchType`,
 * `matchKey`, `matchValue`). How they are judged: an `evaluator`, or the `criteria` for a model. `minScore` and `maxScore`
 * default to 0 and 1.
 */
export const RuleBody = z
	.object({
		name: RequiredText.max(200, "must have at most 200 characters"),
		enabled: z.boolean().nullish().transform(orElse(true)),
		filter: FilterBody.optional(),
		matchType: z.enum(["SPAN_NAME", "ATTRIBUTE", "FILTER"]).nullish(),
		matchKey: Text.nullish(),
		matchValue: Text.nullish(),
		target: z.enum(["SPAN", "TRACE"]).nullish().transform(orElse("SPAN")),
		settleSeconds: seconds(1, DAY_SECONDS).transform(orElse(30)),
		settleSecondsMax: seconds(1, DAY_SECONDS).transform(orElse(900)),
		sampleRate: z
			.number("must be a number")
			.gt(0, "must be more than 0")
			.max(1, "must be at most 1")
			.nullish()
			.transform(orElse(1)),
		dailyBudgetUsd: z.number("must be a number").min(0, "must not be negative").nullish().transform(orElse(null)),
		dailyBudgetCount: z
			.int("must be a whole number")
			.min(0, "must not be negative")
			.max(1_000_000_000, "must be at most 1,000,000,000")
			.nullish()
			.transform(orElse(null)),
		priority: z
			.int("must be a whole number")
			.min(-100, "must be between -100 and 100")
			.max(100, "must be between -100 and 100")
			.nullish()
			.transform(orElse(0)),
		connectionId: z.guid("must be a UUID").nullish().transform(orElse(null)),
		evaluatorName: RequiredText,
		evaluator: Evaluator.nullish(),
		criteria: RequiredText.nullish(),
		minScore: score.nullish().transform(orElse(0)),
		maxScore: score.nullish().transform(orElse(1)),
		threshold: score.nullish().transform(orElse(null)),
	})
	.transform((body, context): RuleInput => {
		const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
		const { matchType, matchKey, matchValue, criteria, ...rest } = body;
		const filter = body.filter ?? readSelector({ matchType, matchKey, matchValue }, issue);
		const evaluator = body.evaluator ?? (criteria ? judge(criteria) : null);
		if (body.filter !== undefined && matchType && matchType !== "FILTER")
			issue("filter", "goes without matchType, matchKey and matchValue");
		if (!evaluator) issue("criteria", "is required");
		else if (body.evaluator && criteria) issue("criteria", "goes without evaluator");
		else if (evaluator.kind === "llm_judge" && !body.connectionId) issue("connectionId", "is required");
		else if (evaluator.kind !== "llm_judge" && body.connectionId) issue("connectionId", "goes with a model judge only");
		if (rest.minScore >= rest.maxScore) issue("minScore", "must be less than maxScore");
		if (rest.settleSeconds > rest.settleSecondsMax) issue("settleSeconds", "must not be more than settleSecondsMax");
		return filter && evaluator ? { ...rest, filter, evaluator } : z.NEVER;
	});

function seconds(min: number, max: number) {
	const range = `must be a whole number of seconds from ${min} to ${max.toLocaleString("en-US")}`;
	return z.int(range).min(min, range).max(max, range).nullish();
}

function readSelector(
	{ matchType, matchKey, matchValue }: { [Key in keyof Selector]?: string | null | undefined },
	issue: (path: string, message: string) => void,
): FilterTree | null {
	if (matchType !== "SPAN_NAME" && matchType !== "ATTRIBUTE") {
		if (matchType === "FILTER") issue("filter", "is required when matchType is FILTER");
		else issue("matchType", "must be SPAN_NAME or ATTRIBUTE, or filter must be given");
		return null;
	}
	const keyMissing = matchType === "ATTRIBUTE" && !matchKey?.trim();
	if (keyMissing) issue("matchKey", "is required when matchType is ATTRIBUTE");
	if (!matchValue?.trim()) issue("matchValue", matchValue ? "must not be blank" : "is required");
	if (keyMissing || !matchValue?.trim()) return null;
	// As strict as a filter: what is stored must be readable again.
	const filter = FilterBody.safeParse(selectorFilter({ matchType, matchKey: matchKey ?? null, matchValue }));
	if (filter.success) return filter.data;
	for (const { message } of filter.error.issues) issue("matchValue", message);
	return null;
}

function judge(criteria: string): Evaluator {
	return { kind: "llm_judge", criteria, template: null };
}
