import type { AnswerSchema } from "@/lib/llm/answer-form";

/** What a score may be. */
export interface ScoreRange {
	minScore: number;
	maxScore: number;
}

/** The end of every prompt: the wanted range and the form of the answer. */
export function verdictRequest({ minScore, maxScore }: ScoreRange): string {
	return [
		`Give a score between ${minScore} and ${maxScore} and explain it in a sentence or two.`,
		`Answer with JSON only, in the form {"score": <number>, "reason": "<text>"}.`,
	].join("\n");
}

/** The same as a JSON schema, which every strict provider takes. */
export function verdictSchema({ minScore, maxScore }: ScoreRange): AnswerSchema {
	return {
		name: "verdict",
		schema: {
			type: "object",
			properties: {
				score: { type: "number", minimum: minScore, maximum: maxScore },
				reason: { type: "string", description: "A sentence or two." },
			},
			required: ["score", "reason"],
			additionalProperties: false,
		},
	};
}
