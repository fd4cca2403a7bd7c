import OpenAI, { APIError } from "openai";
import { isAppError } from "@/lib/errors";
import { outboundFetch } from "@/lib/http/outbound-fetch";
import type { AnswerForm, AnswerSchema } from "@/lib/llm/answer-form";
import type { ModelEndpoint } from "@/lib/llm/model-endpoint";
import { isModelError, ModelError, type ModelErrorKind } from "@/lib/llm/model-error";
import { readChat, readResponses, type TokenUsage } from "@/lib/llm/read-reply";
import { chatBody, responsesBody } from "@/lib/llm/request-body";
import { readRetryAfter } from "@/lib/llm/retry-after";

export const MODEL_TIMEOUT_MS = 60_000;

// Codes and types by which OpenAI and those who speak like it tell that nothing is left to spend.
const QUOTA_CODES = new Set(["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"]);

// Statuses of those who do not know a form, and words by which they tell: of parameters, of what a model can do, and (Groq) that
// it failed to.
const FORM_REFUSALS = new Set([400, 422]);
const FORM_WORDS =
	/response[ _-]?format|json[ _-]?(?:schema|object|mode)|text\.format|\btools?\b|tool[ _-]?(?:choice|use|call)|function[ _-]?call|structured[ _-]?output|(?:unsupported|unknown|unrecognized|unexpected)[ _-](?:request )?(?:parameter|argument|field|value|key)|extra (?:inputs|fields)|json_validate/i;
const ANY_OBJECT: AnswerSchema = { name: "answer", schema: { type: "object" } };

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

/** What a model is asked. */
export interface ModelQuestion {
	endpoint: ModelEndpoint;
	prompt: string;
	timeoutMs?: number;
	/** In which form the answer is wanted; forms other than TEXT need a schema. */
	form?: AnswerForm;
	schema?: AnswerSchema;
}

export interface ModelAnswer {
	/** Never blank. */
	text: string;
	/** Null when the provider tells none. */
	usage: TokenUsage | null;
	/** The model that answered, as it names itself. */
	model: string | null;
	latencyMs: number;
	responseId: string | null;
}

/**
 * Asks a model one question as a single user message. No retries of its own: the task decides. Throws nothing but
 * `ModelError`, whose kind says whether the same call may succeed later: after network trouble, time-outs, 408, 409, 425,
 * 429, 5xx and unreadable or empty replies it may, after everything else that the provider refuses or redirects it may not.
 * `form_refused`: the same question in another form may be answered. Protocols as Dokimos documents them.
 */
export async function askModel({
	endpoint,
	prompt,
	timeoutMs = MODEL_TIMEOUT_MS,
	form = "TEXT",
	schema = ANY_OBJECT,
}: ModelQuestion): Promise<ModelAnswer> {
	// The SDK takes errors of fetch for time-outs by the words in them, and keeps only what OpenAI would say of a refusal.
	let unsent: { error: unknown } | undefined;
	let refused = "";
	const client = new OpenAI({
		baseURL: endpoint.baseUrl,
		apiKey: endpoint.key.reveal(),
		organization: null,
		project: null,
		maxRetries: 0,
		logLevel: "off",
		fetch: async (input, init) => {
			try {
				const response = await outboundFetch(input, init);
				if (!FORM_REFUSALS.has(response.status)) return response;
				refused = await response.text();
				return new Response(refused, { status: response.status, headers: response.headers });
			} catch (error) {
				unsent = { error };
				throw error;
			}
		},
	});
	// The SDK's own time-out ends with the headers; a reply that trickles in must end too.
	const signal = AbortSignal.timeout(timeoutMs);
	const question = { model: endpoint.model, prompt, form, schema };
	const started = performance.now();
	try {
		const response =
			endpoint.protocol === "RESPONSES"
				? await client.responses.create(responsesBody(question), { signal }).asResponse()
				: await client.chat.completions.create(chatBody(question), { signal }).asResponse();
		const body = await response.text();
		const reply = endpoint.protocol === "RESPONSES" ? readResponses(body) : readChat(body);
		if (!reply?.text) throw new ModelError("The model's reply was unreadable or empty", "bad_reply");
		return { ...reply, text: reply.text, latencyMs: Math.round(performance.now() - started) };
	} catch (error) {
		if (isModelError(error)) throw error;
		if (signal.aborted) throw new ModelError(`The model did not answer within ${timeoutMs / 1000} s`, "timeout");
		if (error instanceof APIError && typeof error.status === "number") {
			throw refusal(error, error.status, form !== "TEXT" && isAboutForm(refused, prompt));
		}
		throw connectionError(unsent ? unsent.error : error);
	}
}

/** Whether a refusal speaks of the form of answer, in whatever words; what it quotes of the prompt does not count. */
function isAboutForm(refused: string, prompt: string): boolean {
	const quoted = JSON.stringify(prompt).slice(1, -1);
	return FORM_WORDS.test(refused.replaceAll(quoted, "").replaceAll(prompt, ""));
}

function refusal(error: APIError, status: number, ofForm: boolean): ModelError {
	const waitMs = error.headers ? readRetryAfter(error.headers, status) : undefined;
	const kind = ofForm ? "form_refused" : kindOf(error, status);
	return new ModelError(`The model answered HTTP ${status}${detail(error)}`, kind, waitMs);
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
