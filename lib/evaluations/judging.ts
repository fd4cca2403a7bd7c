import { type OpenConnection, openConnection } from "@/lib/connections/open-connection";
import type { EvaluationTask } from "@/lib/db/generated/client";
import { isAppError } from "@/lib/errors";
import { estimateCall } from "@/lib/evaluations/estimate-call";
import { TaskSnapshot } from "@/lib/evaluations/task-snapshot";
import { renderPrompt } from "@/lib/judge/render-prompt";
import { findSpan } from "@/lib/traces/find-span";
import type { StoredSpan } from "@/lib/traces/trace";

// A score and some sentences; models that think first write more.
const ANSWER_TOKENS = 1000;

/** Everything an attempt needs, read before it begins. */
export interface Judging {
	task: EvaluationTask;
	snapshot: TaskSnapshot;
	span: StoredSpan | null;
	/** Null when no model is asked, or when none can be: see `fault`. */
	connection: OpenConnection | null;
	prompt: string;
	/** US dollars that a call costs at most, as far as prices are known; 0 when no model is asked. */
	estimateUsd: number | null;
	/** Why the attempt can only fail. */
	fault: string | null;
}

/** Reads what is judged and opens the connection. Stores that are away are thrown as `unavailable`. */
export async function prepareJudging(task: EvaluationTask): Promise<Judging> {
	const snapshot = TaskSnapshot.parse(task.snapshot);
	const span = await findSpan(task.projectId, task.traceId, task.spanId);
	const nothing = { task, snapshot, span, connection: null, prompt: "", estimateUsd: 0 };
	if (!span) return { ...nothing, fault: "The span is no longer stored" };
	const { evaluator } = snapshot;
	if (evaluator.kind !== "llm_judge" || !task.connectionId) return { ...nothing, fault: null };
	// What a reader sees of the span: some senders put a whole request as JSON where the raw text is read from.
	const prompt = renderPrompt({
		...snapshot,
		criteria: evaluator.criteria,
		input: span.inputText ?? span.input,
		output: span.outputText ?? span.output,
	});
	try {
		const connection = await openConnection(task.connectionId);
		const size = { promptChars: prompt.length, answerTokens: ANSWER_TOKENS };
		const estimateUsd = await estimateCall(task.projectId, connection, size);
		return { ...nothing, connection, prompt, estimateUsd, fault: null };
	} catch (error) {
		if (!isAppError(error) || error.retryable) throw error;
		return { ...nothing, fault: error.publicMessage };
	}
}
