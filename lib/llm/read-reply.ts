import { z } from "zod";

/** Tokens of one call as the provider counts them. */
export interface TokenUsage {
	/** Includes what was read from a cache. */
	inputTokens: number | null;
	outputTokens: number | null;
	cacheReadTokens: number | null;
}

/** What a reply says. */
export interface ModelReply {
	/** Of the forced tool call its arguments, else the text, else the words of a refusal; null when there is none of them. */
	text: string | null;
	usage: TokenUsage | null;
	/** The model that answered, as it names itself. */
	model: string | null;
	responseId: string | null;
}

// What is beside the text must not make it unreadable.
const Count = z.int().nonnegative().nullish().catch(null);
const Name = z.string().min(1).nullish().catch(null);
const Details = z.object({ cached_tokens: Count }).nullish().catch(null);

const ResponsesReply = z.object({
	id: Name,
	model: Name,
	usage: z.object({ input_tokens: Count, output_tokens: Count, input_tokens_details: Details }).nullish().catch(null),
	output_text: z.string().nullish(),
	output: z
		.array(
			z.object({
				type: z.string().nullish().catch(null),
				arguments: z.string().nullish().catch(null),
				content: z
					.array(z.object({ type: z.string(), text: z.string().nullish(), refusal: z.string().nullish().catch(null) }))
					.nullish(),
			}),
		)
		.nullish(),
});

const ChatReply = z.object({
	id: Name,
	model: Name,
	usage: z
		.object({ prompt_tokens: Count, completion_tokens: Count, prompt_tokens_details: Details })
		.nullish()
		.catch(null),
	choices: z.array(
		z.object({
			message: z.object({
				content: z.string().nullish(),
				refusal: z.string().nullish().catch(null),
				tool_calls: z
					.array(z.object({ function: z.object({ arguments: z.string() }) }))
					.nullish()
					.catch(null),
			}),
		}),
	),
});

/** Reads the body of a Responses reply; null when it is none. */
export function readResponses(body: string): ModelReply | null {
	const reply = ResponsesReply.safeParse(jsonOrNull(body)).data;
	if (!reply) return null;
	const output = reply.output ?? [];
	const called = output.find((item) => item.type === "function_call")?.arguments;
	const parts = output.flatMap((item) => item.content ?? []);
	const text = parts.map((part) => (part.type === "output_text" ? (part.text ?? "") : "")).join("");
	const refusal = parts.find((part) => part.type === "refusal")?.refusal;
	const { usage } = reply;
	return {
		text: firstText(called, reply.output_text, text, refusal),
		usage: usageOf(usage?.input_tokens, usage?.output_tokens, usage?.input_tokens_details?.cached_tokens),
		model: reply.model ?? null,
		responseId: reply.id ?? null,
	};
}

/** Reads the body of a Chat Completions reply; null when it is none. */
export function readChat(body: string): ModelReply | null {
	const reply = ChatReply.safeParse(jsonOrNull(body)).data;
	if (!reply) return null;
	const message = reply.choices[0]?.message;
	const { usage } = reply;
	return {
		text: firstText(message?.tool_calls?.[0]?.function.arguments, message?.content, message?.refusal),
		usage: usageOf(usage?.prompt_tokens, usage?.completion_tokens, usage?.prompt_tokens_details?.cached_tokens),
		model: reply.model ?? null,
		responseId: reply.id ?? null,
	};
}

function firstText(...texts: (string | null | undefined)[]): string | null {
	return texts.find((text) => text?.trim()) ?? null;
}

function usageOf(input?: number | null, output?: number | null, cacheRead?: number | null): TokenUsage | null {
	if (input == null && output == null) return null;
	return { inputTokens: input ?? null, outputTokens: output ?? null, cacheReadTokens: cacheRead ?? null };
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
