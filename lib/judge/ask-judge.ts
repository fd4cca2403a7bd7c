import { AskJudgeError } from "@/lib/judge/ask-judge-error";
import { openFence } from "@/lib/judge/fence";
import type { JudgeCall } from "@/lib/judge/judge-call";
import { parseVerdict, type Verdict } from "@/lib/judge/parse-verdict";
import { type ScoreRange, verdictRequest, verdictSchema } from "@/lib/judge/verdict-request";
import { ANSWER_FORMS, type AnswerForm, formBelow } from "@/lib/llm/answer-form";
import { askModel } from "@/lib/llm/ask-model";
import type { ModelEndpoint } from "@/lib/llm/model-endpoint";
import { isModelError, scrubError } from "@/lib/llm/model-error";

export interface Judgement {
	verdict: Verdict;
	/** In order; the last one gave the verdict. */
	calls: JudgeCall[];
	/** The form that the model took: where the next question may start. */
	form: AnswerForm;
}

interface JudgeQuestion extends ScoreRange {
	endpoint: ModelEndpoint;
	/** The form that the model is known to take; null: try from the best. */
	form: AnswerForm | null;
	prompt: string;
	timeoutMs: number;
	/** Awaited before every HTTP call; what it throws ends the question. */
	beforeCall?: () => Promise<void>;
}

const REDACTED = "[redacted]";

/**
 * Asks a model for a verdict. A form of answer that it refuses is given up for the next simpler one; an answer without a
 * readable score is shown to it once more, with what is missing, and if that does not help the verdict is a failed parse.
 * At most four calls of `timeoutMs` each. Whatever ends it early is thrown as `AskJudgeError`, with the calls until then.
 */
export async function askJudge(question: JudgeQuestion): Promise<Judgement> {
	const { prompt } = question;
	const calls: JudgeCall[] = [];
	let form = question.form ?? ANSWER_FORMS[0];
	const ask = async (text: string): Promise<Verdict> => {
		const asked = await askInForm(question, text, form, calls);
		form = asked.form;
		return parseVerdict(asked.answer);
	};
	try {
		let verdict = await ask(prompt);
		if (verdict.parseFailed) verdict = await ask(repairPrompt(prompt, calls.at(-1)?.answer ?? "", question));
		return { verdict, calls, form };
	} catch (error) {
		throw new AskJudgeError(error, calls, calls.at(-1)?.form ?? null);
	}
}

/** The answer in the given form, or in the first one below it that the model does not refuse. */
async function askInForm(
	question: JudgeQuestion,
	prompt: string,
	first: AnswerForm,
	calls: JudgeCall[],
): Promise<{ answer: string; form: AnswerForm }> {
	for (let form = first; ; ) {
		try {
			return { answer: await callOnce(question, prompt, form, calls), form };
		} catch (error) {
			const below = isModelError(error) && error.kind === "form_refused" ? formBelow(form) : null;
			if (!below) throw error;
			form = below;
		}
	}
}

async function callOnce(
	{ endpoint, timeoutMs, beforeCall, ...range }: JudgeQuestion,
	prompt: string,
	form: AnswerForm,
	calls: JudgeCall[],
): Promise<string> {
	await beforeCall?.();
	const key = endpoint.key.reveal();
	const startedAt = new Date();
	const started = performance.now();
	const asked = { startedAt, form, prompt };
	try {
		const reply = await askModel({ endpoint, prompt, timeoutMs, form, schema: verdictSchema(range) });
		// A judge that repeats its own request headers must not put the key where people read.
		const answer = key === "" ? reply.text : reply.text.replaceAll(key, REDACTED);
		const { latencyMs, model, usage, responseId } = reply;
		calls.push({ ...asked, latencyMs, answer, model, usage, responseId, error: null });
		return answer;
	} catch (error) {
		if (isModelError(error)) {
			const latencyMs = Math.round(performance.now() - started);
			const told = { kind: error.kind, message: scrubError(error.message, [prompt], [key]) };
			calls.push({ ...asked, latencyMs, answer: null, model: null, usage: null, responseId: null, error: told });
		}
		throw error;
	}
}

function repairPrompt(prompt: string, answer: string, range: ScoreRange): string {
	const fence = openFence(prompt, [answer]);
	return [
		prompt,
		"",
		`You answered this before: ${fence.around("answer", answer)}`,
		'That is no JSON object with a number as its "score". Answer the same question again.',
		verdictRequest(range),
	].join("\n");
}
