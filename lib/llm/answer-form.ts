/**
 * How a model is made to answer in a wanted form: by the provider's own JSON schema, as the arguments of a tool that it must
 * call, or by nothing but what the prompt says. The best first.
 */
export const ANSWER_FORMS = ["JSON_SCHEMA", "TOOL_CALL", "TEXT"] as const;
export type AnswerForm = (typeof ANSWER_FORMS)[number];

/** What to ask for when a model refuses a form; null when there is nothing below it. */
export function formBelow(form: AnswerForm): AnswerForm | null {
	return ANSWER_FORMS[ANSWER_FORMS.indexOf(form) + 1] ?? null;
}

/** The JSON schema of a wanted answer. Strict providers want every property required and no other one. */
export interface AnswerSchema {
	/** Letters, digits, `_` and `-`. */
	name: string;
	schema: Record<string, unknown>;
}
