import type { JudgeCall } from "@/lib/judge/judge-call";
import type { AnswerForm } from "@/lib/llm/answer-form";

/** A question to a judge that ended without a verdict. */
export class AskJudgeError extends Error {
	override readonly name = "AskJudgeError";
	/** Why: a `ModelError`, or what the caller's own `beforeCall` threw. */
	override readonly cause: unknown;
	/** What was asked until then, the failed call last. */
	readonly calls: readonly JudgeCall[];
	/** The form of the last call; null when there was none. */
	readonly form: AnswerForm | null;

	constructor(cause: unknown, calls: readonly JudgeCall[], form: AnswerForm | null) {
		super("The judge gave no verdict", { cause });
		this.cause = cause;
		this.calls = calls;
		this.form = form;
	}
}

// Next bundles instrumentation and routes separately, so `instanceof` may compare two copies of the class.
export function isAskJudgeError(error: unknown): error is AskJudgeError {
	return error instanceof Error && error.name === "AskJudgeError" && "calls" in error;
}
