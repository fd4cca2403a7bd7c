import { type OpenConnection, openConnection } from "@/lib/connections/open-connection";
import type { EvaluationTask } from "@/lib/db/generated/client";
import { isAppError } from "@/lib/errors";
import { estimateCall } from "@/lib/evaluations/estimate-call";
import { TaskSnapshot } from "@/lib/evaluations/task-snapshot";
import { inputOf, type Judged, outputOf } from "@/lib/judge/judged";
import { parseTemplate, type TemplatePart } from "@/lib/judge/parse-template";
import { renderPrompt } from "@/lib/judge/render-prompt";
import { renderTemplate } from "@/lib/judge/render-template";
import type { Evaluator } from "@/lib/rules/evaluator";
import { findDefinition } from "@/lib/rules/find-definition";
import { findSpan } from "@/lib/traces/find-span";
import { listSpans } from "@/lib/traces/list-spans";
import type { StoredSpan } from "@/lib/traces/trace";
import { wholeTrace } from "@/lib/traces/whole-trace";

/** What is asked: which span or trace, and how it is judged. */
export type Question = Pick<EvaluationTask, "id" | "projectId" | "traceId" | "spanId" | "ruleId" | "connectionId"> & {
	snapshot: TaskSnapshot;
	/** Null once the rule is deleted. */
	evaluator: Evaluator | null;
};

/** Everything an attempt needs, read before it begins. */
export interface Judging {
	question: Question;
	/** The judged span, or the root of the judged trace; null when it is gone. */
	span: StoredSpan | null;
	judged: Judged | null;
	/** Null when no model is asked, or when none can be: see `fault`. */
	connection: OpenConnection | null;
	prompt: string;
	/** US dollars that a call costs at most; null when no price is known, 0 when no model is asked. */
	estimateUsd: number | null;
	/** Why the attempt can only fail. */
	fault: string | null;
}

// A score and some sentences; models that think first write more.
const ANSWER_TOKENS = 1000;
// Few tokens hold less text.
const CHARS_PER_TOKEN_MIN = 3;

/** A stored task as a question. */
export async function questionOf(task: EvaluationTask): Promise<Question> {
	const definition = task.ruleId ? await findDefinition(task.ruleId, task.ruleVersion) : null;
	return { ...task, snapshot: TaskSnapshot.parse(task.snapshot), evaluator: definition?.evaluator ?? null };
}

/** Reads what is judged and opens the connection. Stores that are away are thrown as `unavailable`. */
export async function prepareJudging(question: Question): Promise<Judging> {
	const nothing = { question, span: null, judged: null, connection: null, prompt: "", estimateUsd: 0, fault: null };
	const { evaluator } = question;
	if (!evaluator) return { ...nothing, fault: "The rule was deleted" };
	const template =
		evaluator.kind === "llm_judge" && evaluator.template ? parseTemplate(evaluator.template).parts : null;
	const found = await findJudged(question, evaluator.kind === "code" || asksForTrace(template ?? []));
	if (!found) return { ...nothing, fault: `The ${question.spanId ? "span" : "trace"} is no longer stored` };
	const ready = { ...nothing, ...found };
	if (evaluator.kind !== "llm_judge") return ready;
	const rule = { ...question.snapshot, evaluationId: question.id, criteria: evaluator.criteria };
	const texts = subjectTexts(question, found.judged);
	const rendered = template
		? renderTemplate(template, found.judged, rule)
		: { text: renderPrompt({ ...rule, ...texts }), missing: null };
	if (rendered.text === null) return { ...ready, fault: `missing: ${rendered.missing.join(", ")}` };
	try {
		const connection = await openConnection(question.connectionId ?? "");
		const size = { promptTokens: rendered.text.length / CHARS_PER_TOKEN_MIN, answerTokens: ANSWER_TOKENS };
		const estimateUsd = await estimateCall(question.projectId, connection, size);
		return { ...ready, connection, prompt: rendered.text, estimateUsd };
	} catch (error) {
		if (!isAppError(error) || error.retryable) throw error;
		return { ...ready, fault: error.publicMessage };
	}
}

/** Input and output of what is judged: those that stand for the whole trace, or the span's own. */
export function subjectTexts({ spanId }: Pick<Question, "spanId">, { span, trace }: Judged) {
	if (spanId === "") return { input: trace.input, output: trace.output };
	return { input: inputOf(span), output: outputOf(span) };
}

async function findJudged(
	{ projectId, traceId, spanId }: Question,
	isTraceNeeded: boolean,
): Promise<{ span: StoredSpan; judged: Judged } | null> {
	if (spanId !== "" && !isTraceNeeded) {
		const span = await findSpan(projectId, traceId, spanId);
		return span && { span, judged: { span, trace: { input: null, output: null, spans: [span] } } };
	}
	const trace = wholeTrace(await listSpans(projectId, traceId));
	const span = spanId === "" ? trace?.root : trace?.spans.find((one) => one.spanId === spanId);
	return trace && span ? { span, judged: { span, trace } } : null;
}

function asksForTrace(parts: readonly TemplatePart[]): boolean {
	return parts.some(
		(part) =>
			"variable" in part &&
			(part.variable.of === "trace" || (part.variable.of === "span" && part.variable.spanName !== null)),
	);
}
