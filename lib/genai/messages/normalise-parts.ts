import {
	firstOf,
	firstTextOf,
	isRecord,
	type JsonRecord,
	looksLikeJson,
	parseLoose,
} from "@/lib/genai/messages/json-value";
import { type InlineMediaPart, type MessageOptions, mediaPart } from "@/lib/genai/messages/media-part";
import { toolCallPart, toolResultPart } from "@/lib/genai/messages/tool-part";
import type { MediaType, Part } from "@/lib/span/message";

export type { InlineMediaPart, MessageOptions };

export const PARTS_MAX = 2000;
const WRAPPERS_MAX = 32;

/** The parts of one piece; none when it is empty, null when the recogniser does not know it after all. */
type Recogniser = (record: JsonRecord, options: MessageOptions, level: number) => Part[] | null;

const TEXT_KEYS = ["text", "content", "value", "output_text"];
const REASONING_TEXT_KEYS = [
	...["text", "content", "thinking", "reasoning", "reasoning_text", "reasoningText", "summary", "reasoning_content"],
];
const SIGNATURE_KEYS = [
	...["signature", "encrypted_content", "encryptedContent", "thoughtSignature", "thought_signature"],
	...["redactedContent", "redacted_content", "data"],
];
const REFUSAL_KEYS = ["refusal", "content", "text"];

const text: Recogniser = (record) => {
	const found = firstOf(record, TEXT_KEYS);
	if (found === undefined) return "text" in record || "content" in record ? [] : null;
	const value = textIn(found);
	return value === undefined ? null : value === "" ? [] : [{ type: "text", text: value }];
};

const reasoning: Recogniser = (record) => {
	const texts = REASONING_TEXT_KEYS.map((key) => textIn(record[key])).filter((value) => value !== undefined);
	const value = texts.find((candidate) => candidate !== "");
	const signed = firstTextOf(record, SIGNATURE_KEYS) !== undefined || signedByProvider(record);
	// A summary that is empty still says that the model reasoned; empty text says nothing.
	if (value === undefined && !signed && texts.length > 0 && !Array.isArray(record.summary)) return [];
	const part: Part = { type: "reasoning" };
	if (value !== undefined) part.text = value;
	if (signed) part.signature = true;
	return [part];
};

const bedrockReasoning: Recogniser = ({ reasoningContent }, options, level) => {
	if (!isRecord(reasoningContent)) return null;
	const { reasoningText } = reasoningContent;
	return reasoning(isRecord(reasoningText) ? reasoningText : reasoningContent, options, level);
};

const refusal: Recogniser = (record) => {
	const value = textIn(firstOf(record, REFUSAL_KEYS));
	return value === undefined ? null : value === "" ? [] : [{ type: "refusal", text: value }];
};

const toolCall: Recogniser = (record) => [toolCallPart(record)];
const toolResult: Recogniser = (record, options) => [toolResultPart(record, options)];

/** A call that the provider made itself and whose item holds the result as well. */
const callWithResult: Recogniser = (record, options) => {
	const call = toolCallPart(record);
	const ended = ["output", "result", "error", "errorText"].some(
		(key) => record[key] !== undefined && record[key] !== null,
	);
	if (!ended) return [call];
	const result = toolResultPart({ ...record, response: undefined, content: undefined }, options);
	return [call, { ...result, ...(call.name === "" ? {} : { name: call.name }) }];
};

function media(assumed: MediaType): Recogniser {
	return (record, options) => {
		const found = mediaPart(record, assumed, options);
		if (found === null) return null;
		const parts: Part[] = found.part === null ? [] : [found.part];
		if (found.transcript) parts.push({ type: "text", text: found.transcript });
		return parts;
	};
}

/** The recogniser for what lies under a key; what does not hold an object there is unknown. */
function inside(key: string, recognise: Recogniser): Recogniser {
	return (record, options, level) => {
		const inner = record[key];
		return isRecord(inner) ? recognise(inner, options, level) : null;
	};
}

const image = media("image");
const audio = media("audio");
const video = media("video");
const file = media("file");

/** A whole part under a key of its own, as OpenInference writes. */
const wrapped: Recogniser = (record, options, level) =>
	level < WRAPPERS_MAX ? recognisePart(record.message_content, options, level + 1) : null;

function table(recognisers: readonly [Recogniser, readonly string[]][]): ReadonlyMap<string, Recogniser> {
	return new Map(recognisers.flatMap(([recognise, names]) => names.map((name) => [name, recognise] as const)));
}

/** By `type` (Pydantic's `part_kind`, .NET's `$type`). */
const BY_TYPE = table([
	[text, ["text", "input_text", "output_text", "user-prompt", "system-prompt", "TextContent"]],
	[
		reasoning,
		[
			"reasoning",
			"textReasoning",
			"reasoning.text",
			"reasoning.summary",
			"reasoning.encrypted",
			"thinking",
			"redacted_thinking",
			"redacted-reasoning",
			"thought",
			"reasoning_content",
		],
	],
	[refusal, ["refusal"]],
	[
		toolCall,
		[
			...["tool_call", "tool-call", "tool_use", "function_call", "toolCall", "function", "tool-use", "functionCall"],
			...["server_tool_call", "server_tool_use", "mcp_tool_use", "custom_tool_call", "builtin-tool-call"],
			...["FunctionCallContent"],
		],
	],
	[callWithResult, ["mcp_call", "dynamic-tool"]],
	[inside("toolInvocation", callWithResult), ["tool-invocation"]],
	[
		toolResult,
		[
			...["tool_call_response", "tool_result", "tool-result", "tool-error", "function_call_output"],
			...["function_response", "tool_response", "tool_call_result", "custom_tool_call_output", "tool-return"],
			...["server_tool_call_response", "server_tool_result", "mcp_tool_result", "web_search_tool_result"],
			...["web_fetch_tool_result", "code_execution_tool_result", "bash_code_execution_tool_result"],
			...["text_editor_code_execution_tool_result", "builtin-tool-return", "retry-prompt", "toolResult"],
			...["function_result", "functionResult", "FunctionResultContent", "functionResponse"],
		],
	],
	[image, ["image", "image_url", "input_image", "image-url", "image_content", "image_file", "output_image"]],
	[audio, ["audio", "input_audio", "output_audio", "audio_url", "audio-url", "audio_content"]],
	[video, ["video", "video_url", "video-url", "input_video"]],
	[
		file,
		[
			...["file", "input_file", "document", "document-url", "blob", "uri", "binary", "media", "container_upload"],
			...["document_url", "data", "resource"],
		],
	],
]);

/** Parts without a type, by the key that tells what they are; the first that the part has counts. */
const BY_KEY: readonly [string, Recogniser][] = [
	["text", (record, options, level) => (record.thought === true ? reasoning : text)(record, options, level)],
	["functionCall", inside("functionCall", toolCall)],
	["function_call", inside("function_call", toolCall)],
	["functionResponse", inside("functionResponse", toolResult)],
	["function_response", inside("function_response", toolResult)],
	["toolUse", inside("toolUse", toolCall)],
	["toolResult", inside("toolResult", toolResult)],
	["tool_call", inside("tool_call", toolCall)],
	["tool_call_result", inside("tool_call_result", toolResult)],
	["toolRequest", inside("toolRequest", toolCall)],
	["toolResponse", inside("toolResponse", toolResult)],
	["reasoningContent", bedrockReasoning],
	[
		"reasoning",
		(record, options, level) => reasoning(isRecord(record.reasoning) ? record.reasoning : record, options, level),
	],
	["inlineData", file],
	["inline_data", file],
	["fileData", file],
	["file_data", file],
	["media", file],
	["image", image],
	["image_url", image],
	["audio", audio],
	["video", video],
	["document", file],
	["file", file],
	["refusal", refusal],
	["guardContent", inside("guardContent", (guard, options, level) => recognisePart(guard.text, options, level))],
	["message_content", wrapped],
	["function", (record, options, level) => (isRecord(record.function) ? toolCall(record, options, level) : null)],
	[
		"toolName",
		(record, options, level) =>
			("result" in record || "output" in record ? toolResult : toolCall)(record, options, level),
	],
	["mediaType", file],
	["mimeType", file],
	["contentType", file],
	["mime_type", file],
];

/** The parts of one piece of content in any spelling: none when it is empty, null when nobody knows it. */
export function recognisePart(raw: unknown, options: MessageOptions = {}, level = 0): Part[] | null {
	if (typeof raw === "string") return raw === "" ? [] : [{ type: "text", text: raw }];
	if (!isRecord(raw)) return null;
	const type = raw.type ?? raw.part_kind ?? raw.$type;
	if (typeof type === "string") {
		const recognise = BY_TYPE.get(type) ?? (type.startsWith("tool-") && "toolCallId" in raw ? uiTool : undefined);
		return recognise?.(raw, options, level) ?? null;
	}
	for (const [key, recognise] of BY_KEY) {
		const value = raw[key];
		if (value === undefined || value === null) continue;
		const parts = recognise(raw, options, level);
		if (parts !== null) return parts;
	}
	return null;
}

/** A tool of AI SDK's interface messages: `tool-<name>`. */
const uiTool: Recogniser = (record, options, level) =>
	callWithResult({ ...record, toolName: firstTextOf(record, ["type"])?.slice("tool-".length) }, options, level);

/**
 * Content of a message as parts: text, a list of pieces, or one piece. Empty text is dropped, an unknown piece is kept as
 * `other`, and of a list the first 2,000 pieces are read and the rest is one `other`.
 */
export function normaliseParts(content: unknown, options: MessageOptions = {}): Part[] {
	if (content === undefined || content === null) return [];
	if (typeof content === "number" || typeof content === "boolean") return [{ type: "text", text: String(content) }];
	if (!Array.isArray(content)) return partsOf(content, options);
	const parts: Part[] = [];
	const read = Math.min(content.length, PARTS_MAX);
	for (let index = 0; index < read; index++) {
		const piece: unknown = content[index];
		if (piece !== undefined && piece !== null) parts.push(...partsOf(piece, options));
	}
	if (content.length > PARTS_MAX) parts.push({ type: "other", raw: content.slice(PARTS_MAX) });
	return parts;
}

function partsOf(piece: unknown, options: MessageOptions): Part[] {
	return recognisePart(piece, options) ?? [{ type: "other", raw: piece }];
}

/**
 * Content that a sender wrote as JSON text of a list of pieces, each of which is known: Strands' events, flattened
 * attributes. Null when the text is just text.
 */
export function packedParts(content: string, options: MessageOptions = {}): Part[] | null {
	if (!looksLikeJson(content)) return null;
	const { value } = parseLoose(content);
	if (!Array.isArray(value) || value.length === 0) return null;
	return value.every((piece) => isRecord(piece) && recognisePart(piece, options) !== null)
		? normaliseParts(value, options)
		: null;
}

/** Text as it is, a number as text, `{value}` of OpenAI assistants, and texts of a list by line. */
function textIn(value: unknown): string | undefined {
	if (typeof value === "string") return value;
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	if (isRecord(value)) return typeof value.value === "string" ? value.value : undefined;
	if (!Array.isArray(value)) return undefined;
	const lines = value.map((entry) => (isRecord(entry) ? entry.text : entry));
	return lines.every((line): line is string => typeof line === "string") ? lines.join("\n") : undefined;
}

/** AI SDK keeps the provider's signature under the provider's name. */
function signedByProvider(record: JsonRecord): boolean {
	const provider = firstOf(record, ["providerOptions", "providerMetadata"]);
	if (!isRecord(provider)) return false;
	return Object.values(provider).some(
		(own) => isRecord(own) && firstOf(own, ["signature", "redactedData", "reasoningEncryptedContent"]) !== undefined,
	);
}
