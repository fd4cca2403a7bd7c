interface PromptInput {
	criteria: string;
	/** Null text renders as empty. */
	input: string | null;
	output: string | null;
	minScore: number;
	maxScore: number;
}

/**
 * The judge's question as one user message: the criteria, the span's input and actual output, the wanted range and the form
 * of the answer. Order of the parts after Dokimos' trace evaluations; the words are ours.
 */
export function renderPrompt({ criteria, input, output, minScore, maxScore }: PromptInput): string {
	return [
		`Judge the output below by these criteria: ${criteria}`,
		"",
		`Input: ${input ?? ""}`,
		`Actual Output: ${output ?? ""}`,
		"",
		`Give a score between ${minScore} and ${maxScore} and explain it in a sentence or two.`,
		`Answer with JSON only, in the form {"score": <number>, "reason": "<text>"}.`,
	].join("\n");
}
