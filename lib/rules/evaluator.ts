import { z } from "zod";
import { Assertion } from "@/lib/checks/assertion";
import { parseTemplate } from "@/lib/judge/parse-template";
import { RequiredText } from "@/lib/text";

const Template = RequiredText.superRefine((template, context) => {
	for (const { position, message } of parseTemplate(template).faults ?? []) {
		context.addIssue({ code: "custom", message: `${message} (at character ${position + 1})` });
	}
});

/** What gives the score: a model, a check of the output, or code. */
export const Evaluator = z.discriminatedUnion(
	"kind",
	[
		/** A model reads the criteria and the template; without a template, the input and the output. */
		z.strictObject({
			kind: z.literal("llm_judge"),
			criteria: RequiredText,
			template: Template.nullish().transform((value) => value ?? null),
		}),
		/** The highest score when the output is as said, else the lowest. */
		z.strictObject({ kind: z.literal("assertion"), assertion: Assertion }),
		/** JavaScript that defines `evaluate(span)`. */
		z.strictObject({
			kind: z.literal("code"),
			source: RequiredText.max(50_000, "must have at most 50,000 characters"),
		}),
	],
	"must be an evaluator of kind llm_judge, assertion or code",
);
export type Evaluator = z.infer<typeof Evaluator>;
