import type { AnswerForm } from "@/lib/llm/answer-form";
import type { ModelErrorKind } from "@/lib/llm/model-error";
import type { TokenUsage } from "@/lib/llm/read-reply";

/** One HTTP call to the judge's model. The connection's key is nowhere in it. */
export interface JudgeCall {
	startedAt: Date;
	latencyMs: number;
	form: AnswerForm;
	prompt: string;
	/** Null when the call gave none. */
	answer: string | null;
	/** The model that answered, as it names itself. */
	model: string | null;
	usage: TokenUsage | null;
	responseId: string | null;
	/** Why there is no answer, fit to be kept. */
	error: { kind: ModelErrorKind; message: string } | null;
}
