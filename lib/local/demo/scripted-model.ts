import { z } from "zod";
import { findScript } from "@/lib/local/demo/conversations";
import { steadyDelayMs } from "@/lib/local/demo/steady-number";

export const MODEL_NAME = "scripted-model";

const LATENCY_MS_MIN = 50;
const LATENCY_MS_MAX = 800;
const CHARS_PER_TOKEN = 4;

/** What the scripted model reads of a Chat Completions request. */
export const ChatRequest = z.object({
	seed: z.number().int().min(0).default(0),
	messages: z.array(z.object({ role: z.string(), content: z.string().nullish() })),
});
type ChatRequest = z.infer<typeof ChatRequest>;

/**
 * The scripted model: no model at all. It recognizes the question, asks for the tool its script names, and once the tool
 * has answered says one of the script's answers, chosen by the seed. Returns a Chat Completions response.
 */
export function askScriptedModel({ seed, messages }: ChatRequest): { latencyMs: number; body: object } {
	const question = messages.find((message) => message.role === "user")?.content ?? "";
	const script = findScript(question);
	const mayCall = script !== undefined && messages.at(-1)?.role !== "tool";
	const message = mayCall
		? { role: "assistant", content: null, refusal: null, tool_calls: [toolCall(script.call, seed)] }
		: { role: "assistant", content: answerOf(script?.answers ?? [], seed), refusal: null };
	const promptTokens = tokens(messages);
	const completionTokens = tokens(message);
	return {
		latencyMs: steadyDelayMs(`${question} ${seed} ${messages.length}`, LATENCY_MS_MIN, LATENCY_MS_MAX),
		body: {
			id: `chatcmpl-scripted-${seed}-${messages.length}`,
			object: "chat.completion",
			created: Math.floor(Date.now() / 1000),
			model: MODEL_NAME,
			choices: [{ index: 0, message, logprobs: null, finish_reason: mayCall ? "tool_calls" : "stop" }],
			usage: {
				prompt_tokens: promptTokens,
				completion_tokens: completionTokens,
				total_tokens: promptTokens + completionTokens,
			},
		},
	};
}

function toolCall(call: { name: string; arguments: object }, seed: number): object {
	return {
		id: `call_scripted_${seed}`,
		type: "function",
		function: { name: call.name, arguments: JSON.stringify(call.arguments) },
	};
}

function answerOf(answers: readonly string[], seed: number): string {
	return answers[seed % answers.length] ?? "I am a scripted model and have no answer to this question.";
}

function tokens(value: object): number {
	return Math.ceil(JSON.stringify(value).length / CHARS_PER_TOKEN);
}
