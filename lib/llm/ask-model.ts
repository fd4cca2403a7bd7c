import OpenAI, { APIError } from "openai";
import { z } from "zod";
import { isAppError } from "@/lib/errors";
import { outboundFetch } from "@/lib/http/outbound-fetch";
import type { ModelEndpoint } from "@/lib/llm/model-endpoint";
import { isModelError, ModelError, type ModelErrorKind } from "@/lib/llm/model-error";
import { readRetryAfter } from "@/lib/llm/retry-after";

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

// Codes and types by which OpenAI and those who speak like it tell that nothing is left to spend.
const QUOTA_CODES = new Set(["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"]);

const KINDS: Record<number, ModelErrorKind> = {
	401: "unauthorised",
	402: "quota",
	403: "unauthorised",
	404: "not_found",
	408: "timeout",
	409: "overloaded",
	425: "overloaded",
	429: "rate_limited",
};

/**
 * Asks a model one question as a single user message and returns its text. No retries of its own: the task decides. Throws
 * nothing but `ModelError`, whose kind says whether the same call may succeed later: after network trouble, time-outs,
 * 408, 409, 425, 429, 5xx and unreadable or empty replies it may, after everything else that the provider refuses or
 * redirects it may not. Protocols as Dokimos documents them.
 */
export async function askModel(
	endpoint: ModelEndpoint,
	prompt: string,
	timeoutMs: number = MODEL_TIMEOUT_MS,
): Promise<string> {
	// The SDK takes errors of fetch for time-outs by the words in them.
	let unsent: { error: unknown } | undefined;
	const client = new OpenAI({
		baseURL: endpoint.baseUrl,
		apiKey: endpoint.key.reveal(),
		organization: null,
		project: null,
		maxRetries: 0,
		logLevel: "off",
		fetch: async (input, init) => {
			try {
				return await outboundFetch(input, init);
			} catch (error) {
				unsent = { error };
				throw error;
			}
		},
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
		if (!text?.trim()) throw new ModelError("The model's reply was unreadable or empty", "bad_reply");
		return text;
	} catch (error) {
		if (isModelError(error)) throw error;
		if (signal.aborted) throw new ModelError(`The model did not answer within ${timeoutMs / 1000} s`, "timeout");
		if (error instanceof APIError && typeof error.status === "number") throw refusal(error, error.status);
		throw connectionError(unsent ? unsent.error : error);
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

function refusal(error: APIError, status: number): ModelError {
	const waitMs = error.headers ? readRetryAfter(error.headers, status) : undefined;
	return new ModelError(`The model answered HTTP ${status}${detail(error)}`, kindOf(error, status), waitMs);
}

function kindOf({ code, type }: APIError, status: number): ModelErrorKind {
	if (status === 429 && [code, type].some((word) => word && QUOTA_CODES.has(word))) return "quota";
	return KINDS[status] ?? (status >= 500 ? "overloaded" : "refused");
}

function connectionError(error: unknown): ModelError {
	if (isAppError(error)) return new ModelError(error.publicMessage, "blocked_by_guard");
	const code = error instanceof Error && "code" in error ? String(error.code) : "connection failed";
	if (/^(EMSGSIZE|Z_\w+)$/.test(code)) return new ModelError(`The model's reply was unreadable: ${code}`, "bad_reply");
	return new ModelError(`The model could not be reached: ${code}`, "network");
}

function detail(error: APIError): string {
	const body = error.error;
	if (typeof body === "string") return `: ${body}`;
	if (typeof body !== "object" || body === null) return "";
	const message = "message" in body ? body.message : JSON.stringify(body);
	return typeof message === "string" && message ? `: ${message}` : "";
}
