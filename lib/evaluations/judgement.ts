import { type Trouble, UNUSED, type Used } from "@/lib/evaluations/end-task";
import type { Verdict } from "@/lib/judge/parse-verdict";

export interface Judgement {
	/** `passed`: the evaluator itself said so, whatever the threshold. */
	verdict: Verdict & { passed?: boolean };
	used: Used;
}

/** An attempt without a verdict. */
export interface JudgingTrouble {
	trouble: Trouble;
	used: Used;
	/** Another attempt may bring one. */
	retryable: boolean;
	/** No attempt can, until somebody mends the connection. */
	ofConnection: boolean;
	/** The wait that the provider asks for. */
	retryAfterMs: number | undefined;
}

/** Trouble that is final unless told otherwise. */
export function trouble(lastError: string, more: Partial<JudgingTrouble> = {}): JudgingTrouble {
	return {
		trouble: { lastError, lastErrorKind: null },
		used: UNUSED,
		retryable: false,
		ofConnection: false,
		retryAfterMs: undefined,
		...more,
	};
}
