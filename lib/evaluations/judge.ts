import { isAppError } from "@/lib/errors";
import { type Trouble, UNUSED, type Used } from "@/lib/evaluations/end-task";
import type { Judging } from "@/lib/evaluations/judging";
import { parseVerdict, type Verdict } from "@/lib/judge/parse-verdict";
import { askModel } from "@/lib/llm/ask-model";
import { isModelError, scrubError } from "@/lib/llm/model-error";

export interface Judgement {
	verdict: Verdict;
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

/** Has the judge look at what was prepared. Trouble is a result, fit to be kept; nothing is thrown but bugs of stores. */
export async function judge(
	judging: Judging,
	{ timeoutMs }: { attempt: number; timeoutMs: number },
): Promise<Judgement | JudgingTrouble> {
	const { fault, connection, prompt, span } = judging;
	if (fault !== null || !connection || !span) return finalTrouble(fault ?? "The evaluation failed unexpectedly");
	try {
		const verdict = parseVerdict(await askModel(connection, prompt, timeoutMs));
		// A judge that repeats its own request headers must not put the key on the page.
		const reason = verdict.reason.replaceAll(connection.key.reveal(), "[redacted]");
		return { verdict: { ...verdict, reason }, used: { ...UNUSED, model: connection.model } };
	} catch (error) {
		const known = isModelError(error) || isAppError(error) ? error : undefined;
		const texts = [span.input, span.output, span.inputText, span.outputText].filter((text) => text !== null);
		const message = known?.message ?? "The evaluation failed unexpectedly";
		return {
			trouble: {
				lastError: scrubError(message, texts, [connection.key.reveal()]),
				lastErrorKind: isModelError(error) ? error.kind : null,
			},
			used: UNUSED,
			retryable: known?.retryable ?? false,
			ofConnection: isModelError(error) && error.ofConnection,
			retryAfterMs: known?.retryAfterMs,
		};
	}
}

function finalTrouble(lastError: string): JudgingTrouble {
	const trouble = { lastError, lastErrorKind: null };
	return { trouble, used: UNUSED, retryable: false, ofConnection: false, retryAfterMs: undefined };
}
