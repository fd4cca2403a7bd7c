import type { Dialect, Evidence, MessageRule, Turns } from "@/lib/genai/dialect";
import { memberAt } from "@/lib/genai/evidence";
import { normaliseFinishReason } from "@/lib/genai/messages/finish-reason";
import { jsonText, parseLoose } from "@/lib/genai/messages/json-value";
import { withSystem } from "@/lib/genai/messages/merge-system";
import { normaliseMessages, textMessage } from "@/lib/genai/messages/normalise-messages";
import type { Message, Part } from "@/lib/span/message";

const METADATA = "ai.response.providerMetadata";
const positive = (value: unknown) => (value === 0 ? null : value);
const ANTHROPIC_CACHE = ["anthropic", "usage", "cache_creation"] as const;

/**
 * Vercel AI SDK, versions 4 to 6 and the legacy telemetry of 7. The functions a user calls are agents over the model calls
 * below them. Source: AI SDK documentation, "Telemetry".
 */
export const aiSdk: Dialect = {
	name: "ai-sdk",
	scope: /^ai$/,
	marks: ["ai.operationId"],
	kind: [
		{
			place: 120,
			key: "ai.operationId",
			match: [
				[/\.do(Generate|Stream)$/, "llm"],
				[/\.doEmbed$/, "embedding"],
				[/\.doRerank$/, "reranker"],
				[/^ai\.toolCall$/, "tool"],
				[/^ai\.(generate|stream)(Text|Object)$/, "agent"],
				[/^ai\.(embed|rerank)/, "chain"],
			],
		},
	],
	fields: {
		displayName: [
			[20, "resource.name", { when: isRoot }],
			[21, "ai.telemetry.functionId", { when: isRoot }],
		],
		provider: [
			[60, "ai.model.provider"],
			[65, METADATA, { path: ["gateway", "routing", "finalProvider"] }],
		],
		requestModel: [[40, "ai.model.id"]],
		responseModel: [[30, "ai.response.model"]],
		input: [
			[100, "ai.prompt.messages"],
			[101, "ai.prompt"],
			[102, "ai.toolCall.args"],
			[103, "ai.values"],
			[104, "ai.value"],
		],
		output: [
			[100, "ai.response.text"],
			[101, "ai.response.object"],
			[102, "ai.response.toolCalls"],
			[103, "ai.toolCall.result"],
			[104, "ai.ranking"],
		],
		toolDefinitions: [[30, "ai.prompt.tools"]],
		toolName: [[30, "ai.toolCall.name"]],
		toolCallId: [[40, "ai.toolCall.id"]],
		toolArguments: [[30, "ai.toolCall.args"]],
		toolResult: [[30, "ai.toolCall.result"]],
		query: [[80, "ai.query"]],
		documents: [[60, "ai.ranking"]],
		embeddedTexts: [
			[20, "ai.values"],
			[21, "ai.value"],
		],
		"usage.input": [
			[40, "ai.usage.inputTokens"],
			[50, "ai.usage.promptTokens"],
			[60, "ai.usage.tokens"],
		],
		"usage.output": [
			[40, "ai.usage.outputTokens"],
			[50, "ai.usage.completionTokens"],
		],
		"usage.cache_read": [
			[70, "ai.usage.inputTokenDetails.cacheReadTokens"],
			[80, "ai.usage.cachedInputTokens"],
			[85, METADATA, { path: ["anthropic", "usage", "cache_read_input_tokens"] }],
			[86, METADATA, { path: ["openai", "cachedPromptTokens"] }],
		],
		"usage.cache_creation": [
			[80, "ai.usage.inputTokenDetails.cacheWriteTokens"],
			// Zero there is what every answer says, whether it was asked to keep anything or not.
			[85, METADATA, { path: ["anthropic", "usage", "cache_creation_input_tokens"], read: positive }],
			[86, METADATA, { path: ["anthropic", "cacheCreationInputTokens"], read: positive }],
		],
		"usage.cache_creation_1h": [[10, METADATA, { path: [...ANTHROPIC_CACHE, "ephemeral_1h_input_tokens"] }]],
		"usage.reasoning": [
			[50, "ai.usage.outputTokenDetails.reasoningTokens"],
			[60, "ai.usage.reasoningTokens"],
		],
		"usage.total": [[40, "ai.usage.totalTokens"]],
		cost: [
			[120, METADATA, { path: ["gateway", "cost"] }],
			[121, METADATA, { path: ["gateway", "marketCost"] }],
		],
		ttft: [[40, "ai.response.msToFirstChunk"]],
		sessionId: [
			[60, "ai.telemetry.metadata.sessionId"],
			[70, "ai.settings.context.sessionId"],
		],
		userId: [
			[70, "ai.telemetry.metadata.userId"],
			[80, "ai.settings.context.userId"],
		],
		tags: [
			[50, "ai.telemetry.metadata.tags"],
			[60, "ai.settings.context.tags"],
		],
		metadata: [
			[30, "ai.telemetry.metadata.", { map: true }],
			[40, "ai.settings.context.", { map: true }],
		],
		finishReason: [[30, "ai.response.finishReason"]],
		promptName: [[60, "ai.telemetry.metadata.langfusePrompt", { path: ["name"] }]],
		promptVersion: [[60, "ai.telemetry.metadata.langfusePrompt", { path: ["version"] }]],
		serviceTier: [[80, METADATA, { path: ["openai", "serviceTier"] }]],
	},
	messages: [
		{ place: 40, side: "input", read: promptMessages },
		{ place: 40, side: "output", read: responseMessage },
	] satisfies MessageRule[],
};

function isRoot(evidence: Evidence): boolean {
	return /^ai\.\w+$/.test(evidence.text("ai.operationId") ?? "") && !evidence.has("ai.toolCall.name");
}

function promptMessages(evidence: Evidence, { options }: Turns): { messages: Message[]; from: string } | null {
	const listed = evidence.json("ai.prompt.messages");
	if (listed !== undefined) {
		const messages = normaliseMessages(listed, "input", options);
		return messages && { messages, from: "ai.prompt.messages" };
	}
	const prompt = evidence.json("ai.prompt");
	if (prompt === undefined) return null;
	if (typeof prompt === "string") return { messages: [textMessage(prompt, "user")], from: "ai.prompt" };
	const { system, messages, prompt: text } = prompt as Record<string, unknown>;
	const turns = messages ?? text;
	const read = typeof turns === "string" ? [textMessage(turns, "user")] : normaliseMessages(turns, "input", options);
	return read && { messages: system ? withSystem(system, read) : read, from: "ai.prompt" };
}

function responseMessage(evidence: Evidence, { options }: Turns): { messages: Message[]; from: string } | null {
	const parts: Part[] = [];
	let from = "";
	const reasoning = evidence.plain("ai.response.reasoning");
	if (reasoning !== undefined) {
		const read = typeof reasoning === "string" ? reasoningText(evidence.json("ai.response.reasoning")) : null;
		parts.push({ type: "reasoning", text: read ?? jsonText(reasoning) });
		from = "ai.response.reasoning";
	}
	const text = evidence.text("ai.response.text");
	const object = text === undefined ? evidence.plain("ai.response.object") : undefined;
	if (text !== undefined || object !== undefined) {
		parts.push({ type: "text", text: text ?? jsonText(object) });
		from = text === undefined ? "ai.response.object" : "ai.response.text";
	}
	const calls = evidence.json("ai.response.toolCalls");
	if (Array.isArray(calls)) {
		const content = calls.map((call) => ({
			type: "tool-call",
			...((typeof call === "string" ? parseLoose(call).value : call) as object),
		}));
		parts.push(...(normaliseMessages([{ role: "assistant", content }], "output")?.[0]?.parts ?? []));
		from ||= "ai.response.toolCalls";
	}
	const files = evidence.json("ai.response.files");
	if (Array.isArray(files)) {
		const content = files.map((file) => ({ type: "file", data: memberAt(file, ["base64"]), ...(file as object) }));
		parts.push(...(normaliseMessages([{ role: "assistant", content }], "output", options)?.[0]?.parts ?? []));
		from ||= "ai.response.files";
	}
	if (parts.length === 0) return null;
	const finish = normaliseFinishReason(
		evidence.plain("ai.response.finishReason") ?? evidence.plain("gen_ai.response.finish_reasons"),
	);
	return { messages: [{ role: "assistant", parts, ...(finish ? { finish_reason: finish } : {}) }], from };
}

/** Text, or the list of reasoning parts that newer versions write. */
function reasoningText(value: unknown): string | null {
	if (typeof value === "string") return value;
	if (!Array.isArray(value)) return null;
	const texts = value
		.map((part) => (part as { text?: unknown } | null)?.text)
		.filter((text) => typeof text === "string");
	return texts.length > 0 ? texts.join("\n") : null;
}
