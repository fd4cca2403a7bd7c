import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { z } from "zod";
import { isAppError } from "@/lib/errors";
import { outboundFetch } from "@/lib/http/outbound-fetch";
import type { ModelEndpoint } from "@/lib/llm/model-endpoint";
import { ModelError } from "@/lib/llm/model-error";

export const MODEL_TIMEOUT_MS = 60_000;

const ResponsesReply = z.object({
	output_text: z.string().nullish(),
	output: z
		.array(z.object({ content: z.array(z.object({ type: z.string(), text: z.string().nullish() })).nullish() }))
		.nullish(),
});
const ChatReply = z.object({
	choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })),
});

/**
 * Asks a model one question as a single user message and returns its text. No retries of its own: the task
 * decides. Network trouble, time-outs, status 500 and up and unreadable or empty replies are retryable; everything the
 * provider refuses (4xx) or redirects is final. Protocols and retry classes as Dokimos documents them.
 */
export async function askModel(
	endpoint: ModelEndpoint,
	prompt: string,
	timeoutMs: number = MODEL_TIMEOUT_MS,
): Promise<string> {
	const client = new OpenAI({
		baseURL: endpoint.baseUrl,
		apiKey: endpoint.key.reveal(),
		organization: null,
		project: null,
		maxRetries: 0,
		logLevel: "off",
		fetch: outboundFetch,
	});
	// The SDK's own time-out ends with the headers; a reply that trickles in must end too.
	const signal = AbortSignal.timeout(timeoutMs);
	try {
		const response =
			endpoint.protocol === "RESPONSES"
				? await client.responses
						.create(
							{
								model: endpoint.model,
								input: [{ type: "message", role: "user", content: [{ type: "input_text", text: prompt }] }],
							},
							{ signal },
						)
						.asResponse()
				: await client.chat.completions
						.create({ model: endpoint.model, messages: [{ role: "user", content: prompt }] }, { signal })
						.asResponse();
		const body = await response.text();
		const text = endpoint.protocol === "RESPONSES" ? responsesText(body) : chatText(body);
		if (!text?.trim()) throw new ModelError("The model's reply was unreadable or empty", true);
		return text;
	} catch (error) {
		throw modelError(error, signal, timeoutMs);
	}
}

function responsesText(body: string): string | null {
	const reply = ResponsesReply.safeParse(jsonOrNull(body)).data;
	if (!reply) return null;
	if (reply.output_text?.trim()) return reply.output_text;
	const parts = reply.output?.flatMap((item) => item.content ?? []) ?? [];
	return parts.map((part) => (part.type === "output_text" ? (part.text ?? "") : "")).join("");
}

function chatText(body: string): string | null {
	return ChatReply.safeParse(jsonOrNull(body)).data?.choices[0]?.message.content ?? null;
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function modelError(error: unknown, signal: AbortSignal, timeoutMs: number): Error {
	if (error instanceof Error && (error.name === "ModelError" || isAppError(error))) return error;
	if (signal.aborted || error instanceof APIConnectionTimeoutError) {
		return new ModelError(`The model did not answer within ${timeoutMs / 1000} s`, true);
	}
	if (error instanceof APIError && typeof error.status === "number") {
		return new ModelError(`The model answered HTTP ${error.status}${detail(error)}`, error.status >= 500);
	}
	const cause = error instanceof APIConnectionError ? error.cause : error;
	const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
	const code = root instanceof Error && "code" in root ? String(root.code) : "connection failed";
	return new ModelError(`The model could not be reached: ${code}`, true);
}

function detail(error: APIError): string {
	const body = error.error;
	if (typeof body === "string") return `: ${body}`;
	if (typeof body !== "object" || body === null) return "";
	const message = "message" in body ? body.message : JSON.stringify(body);
	return typeof message === "string" && message ? `: ${message}` : "";
}
