/** Why an evaluator's code gave no score. */
export type CodeErrorKind =
	/** It does not parse, or imports something. */
	| "syntax"
	/** It threw, or called itself too deep. */
	| "threw"
	| "timeout"
	| "memory"
	/** It ran, but defines no `evaluate`, or gave back what is no score. */
	| "bad_result";

/**
 * Code of an evaluator that gave no score. The message is fit to be shown: where and what, and of what was judged nothing but
 * what the code's own thrown message says, at most 300 characters.
 */
export class CodeError extends Error {
	override readonly name = "CodeError";
	readonly kind: CodeErrorKind;
	/** Line of the code, from 1; null when it is not known. */
	readonly line: number | null;

	constructor(kind: CodeErrorKind, message: string, line: number | null = null) {
		super(message);
		this.kind = kind;
		this.line = line;
	}
}

// Next bundles instrumentation and routes separately, so `instanceof` may compare two copies of the class.
export function isCodeError(error: unknown): error is CodeError {
	return error instanceof Error && error.name === "CodeError" && "kind" in error;
}
