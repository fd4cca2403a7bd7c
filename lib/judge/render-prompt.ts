import { openFence } from "@/lib/judge/fence";
import { type ScoreRange, verdictRequest } from "@/lib/judge/verdict-request";

interface PromptInput extends ScoreRange {
	/** Makes the markers unknown to whoever wrote the texts; the same one gives the same prompt. */
	evaluationId: string;
	criteria: string;
	/** Null text renders as empty. */
	input: string | null;
	output: string | null;
}

/**
 * The judge's question as one user message: the criteria, the span's input and actual output between markers, the wanted
 * range and the form of the answer. Order of the parts after Dokimos' trace evaluations; the words are ours.
 */
export function renderPrompt({ evaluationId, criteria, input, output, ...range }: PromptInput): string {
	const fence = openFence(evaluationId, [input ?? "", output ?? ""]);
	return [
		`Judge the output below by these criteria: ${criteria}`,
		fence.notice,
		"",
		`Input: ${input ? fence.around("input", input) : ""}`,
		`Actual Output: ${output ? fence.around("output", output) : ""}`,
		"",
		verdictRequest(range),
	].join("\n");
}
