import { z } from "zod";
import { RequiredText } from "@/lib/text";

/** What gives the score: a model, or code. */
export const Evaluator = z.discriminatedUnion(
	"kind",
	[
		/** A model reads the criteria and the template; without a template, the span's input and output. */
		z.strictObject({
			kind: z.literal("llm_judge"),
			criteria: RequiredText,
			template: RequiredText.nullish().transform((value) => value ?? null),
		}),
		/** JavaScript that defines `evaluate(span)`. */
		z.strictObject({
			kind: z.literal("code"),
			source: RequiredText.max(50_000, "must have at most 50,000 characters"),
		}),
	],
	"must be an evaluator of kind llm_judge, assertion or code",
);
export type Evaluator = z.infer<typeof Evaluator>;
