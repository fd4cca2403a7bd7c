import { normaliseFinishReason } from "@/lib/genai/messages/finish-reason";
import { firstOf, firstTextOf, isRecord, type JsonRecord, parseLoose, unpacked } from "@/lib/genai/messages/json-value";
import { type MessageOptions, mediaPart } from "@/lib/genai/messages/media-part";
import { canonicalRole, knownRole } from "@/lib/genai/messages/message-role";
import { normaliseParts, PARTS_MAX, packedParts, recognisePart } from "@/lib/genai/messages/normalise-parts";
import { toolCallPart, toolResult, toolResultPart } from "@/lib/genai/messages/tool-part";
import type { FinishReason, Message, Part } from "@/lib/span/message";

const WRAPPERS_MAX = 32;

const ROLE_KEYS = ["role", "_role", "messageType"];
/** Where content may be. The first that holds anything counts: AI SDK repeats the text of its parts as `content`. */
const CONTENT_KEYS = [
	"parts",
	"contents",
	"content",
	"items",
	"text",
	"_content",
	"message",
	"inputText",
	"outputText",
];
const CALL_LIST_KEYS = ["tool_calls", "toolCalls", "toolInvocations"];
const MEDIA_LIST_KEYS = ["images", "files", "attachments", "experimental_attachments"];
const REASONING_KEYS = ["reasoning_content", "reasoning", "reasoningText", "thinking", "reasoning_details"];
const FINISH_KEYS = ["finish_reason", "finishReason", "stop_reason", "stopReason"];
const BODY_KEYS = [...CONTENT_KEYS, ...CALL_LIST_KEYS, "function_call", "refusal", "audio"];
const USUAL_KEYS = new Set(["role", "parts", "content", "finish_reason"]);
/** What a message has and a piece of its content has not, when neither role nor type says which it is. */
const MESSAGE_KEYS = ["content", "parts", "contents", "_content", "message", ...CALL_LIST_KEYS];
/** Any of these in the content makes it a message of its own around which there is another. */
const INNER_MESSAGE_KEYS = ["role", "parts", "content", "message"];

/** Parts that only a model utters. */
const UTTERED: ReadonlySet<Part["type"]> = new Set(["tool_call", "reasoning", "refusal"] as const);

/** Who speaks, and whether the value said so or we assume it. */
interface Speaker {
	role: string;
	stated: boolean;
}

/**
 * One message in any provider's or framework's spelling. `defaultRole` is who speaks when the value does not say. Null when
 * it is no message: a number, an object that nobody knows, nothing. Keys that are not known are absent.
 */
export function normaliseMessage(raw: unknown, defaultRole: string, options: MessageOptions = {}): Message | null {
	return read(raw, { role: canonicalRole(defaultRole, "user"), stated: false }, options, 0);
}

/** Whether an entry of a list is a message of its own rather than one piece of a message's content. */
export function isMessage(raw: unknown): raw is JsonRecord {
	if (!isRecord(raw)) return false;
	if (typeof firstOf(raw, ROLE_KEYS) === "string" || isRecord(raw.message) || isRecord(raw.content)) return true;
	if (typeof raw.type !== "string") {
		return isConstructor(raw) || MESSAGE_KEYS.some((key) => key in raw);
	}
	return raw.type === "message" || isSelfContained(raw);
}

/** Whether an object on its own is a message: one with a role must have something to say as well. */
export function isWholeMessage(raw: JsonRecord): boolean {
	if (typeof firstOf(raw, ROLE_KEYS) === "string") return BODY_KEYS.some((key) => key in raw);
	return isSelfContained(raw);
}

/** The finish reason that an object states itself, in any provider's spelling. */
export function finishReasonIn(record: JsonRecord): FinishReason | null {
	const raw = firstOf(record, FINISH_KEYS);
	return raw === undefined ? null : normaliseFinishReason(raw);
}

/** LangChain's serialised messages, and the calls and answers that are items of a list of messages. */
function isSelfContained(raw: JsonRecord): boolean {
	return isConstructor(raw) || typedRole(raw) !== undefined || (typeof raw.type === "string" && "call_id" in raw);
}

function read(raw: unknown, speaker: Speaker, options: MessageOptions, level: number): Message | null {
	if (raw === undefined || raw === null) return null;
	if (typeof raw === "string") return raw.trim() === "" ? null : settled(speaker, textParts(raw, options));
	if (Array.isArray(raw)) {
		const parts = normaliseParts(raw, options);
		return parts.some(({ type }) => type !== "other") ? settled(speaker, parts) : null;
	}
	if (!isRecord(raw)) return null;
	if (level > WRAPPERS_MAX) return settled(speaker, [{ type: "other", raw }]);
	const spoken = speakerOf(raw, speaker);
	const wrapped = unwrapped(raw, options);
	if (wrapped !== null) {
		const message = read(wrapped.inner, spoken, wrapped.options, level + 1);
		return message && completed(message, raw);
	}
	const hasBody = BODY_KEYS.some((key) => raw[key] !== undefined && raw[key] !== null);
	if (spoken === speaker && (typeof raw.type === "string" || raw.thought === true || !hasBody)) {
		const parts = recognisePart(raw, options);
		if (parts !== null) return settled(speaker, parts);
		if (!hasBody) return null;
	}
	return readBody(raw, spoken, options, level);
}

/** A message under its own keys: content, calls, reasoning, media. */
function readBody(raw: JsonRecord, speaker: Speaker, options: MessageOptions, level: number): Message {
	// Anthropic's results come from the user.
	const answering = speaker.role !== "assistant" && firstTextOf(raw, ["tool_call_id", "toolCallId"]) !== undefined;
	const who = answering ? { role: "tool", stated: true } : speaker;
	const parts = who.role === "tool" ? toolParts(raw, options) : contentParts(raw, who, options, level);
	if (hasMore(raw)) {
		addMore(parts, raw, options);
		if (isRecord(raw.additional_kwargs)) addMore(parts, raw.additional_kwargs, options);
	}
	const message = settled(who, parts);
	const name = message.role === "tool" ? undefined : firstTextOf(raw, ["name"]);
	if (name !== undefined) message.name = name;
	const reason = finishReasonIn(raw);
	if (reason !== null) message.finish_reason = reason;
	return message;
}

/** Whether a message has any key beside those that nearly every message has and no other. */
function hasMore(raw: JsonRecord): boolean {
	for (const key in raw) if (!USUAL_KEYS.has(key)) return true;
	return false;
}

/** What a message says beside its content. */
function addMore(parts: Part[], raw: JsonRecord, options: MessageOptions): void {
	addReasoning(parts, raw, options);
	addCalls(parts, raw);
	addRefusal(parts, raw);
	addMedia(parts, raw, options);
}

function contentParts(raw: JsonRecord, speaker: Speaker, options: MessageOptions, level: number): Part[] {
	const content = contentOf(raw);
	if (typeof content === "string") return textParts(content, options);
	if (!isRecord(content)) return normaliseParts(content, options);
	return read(content, speaker, options, level + 1)?.parts ?? [{ type: "other", raw: content }];
}

/** What a tool's message says: results as sent in parts, otherwise its whole content is the one result. */
function toolParts(raw: JsonRecord, options: MessageOptions): Part[] {
	const content = contentOf(raw);
	if (content === undefined && CALL_LIST_KEYS.some((key) => Array.isArray(raw[key]))) return [];
	const parts = Array.isArray(content)
		? normaliseParts(content, options)
		: typeof content === "string" && options.packed
			? packedParts(content, options)
			: isRecord(content)
				? recognisePart(content, options)
				: null;
	if (parts?.some(({ type }) => type === "tool_result") || (parts && content === raw.parts)) return parts;
	const text = parts?.every((part) => part.type === "text") ? parts.map((part) => part.text).join("\n") : undefined;
	const result = text === undefined ? toolResult(content ?? raw.content, options) : parseLoose(text).value;
	return [{ ...toolResultPart(raw, options), result }];
}

function contentOf(raw: JsonRecord): unknown {
	for (const key of CONTENT_KEYS) {
		const value = raw[key];
		if (value === undefined || value === null || value === "") continue;
		if (!Array.isArray(value) || value.length > 0) return value;
	}
	return undefined;
}

function textParts(text: string, options: MessageOptions): Part[] {
	return (options.packed ? packedParts(text, options) : null) ?? [{ type: "text", text }];
}

/** A choice around its message, a class around its arguments, an item around its data. */
function unwrapped(raw: JsonRecord, options: MessageOptions): { inner: JsonRecord; options: MessageOptions } | null {
	if (isConstructor(raw) && isRecord(raw.kwargs)) return { inner: raw.kwargs, options };
	if (typeof raw.type === "string" && isRecord(raw.data) && raw.content === undefined) {
		if (typedRole(raw) !== undefined || isMessage(raw.data)) return { inner: raw.data, options };
	}
	const { message, content } = raw;
	if (isRecord(message) && (content === undefined || content === null)) return { inner: message, options };
	if (isRecord(content) && typeof content.type !== "string" && INNER_MESSAGE_KEYS.some((key) => key in content)) {
		return { inner: content, options: { ...options, packed: true } };
	}
	return null;
}

/** What the wrapper says beside its message: why it ended, and, with Semantic Kernel, the calls. */
function completed(message: Message, wrapper: JsonRecord): Message {
	const reason = message.finish_reason === undefined ? finishReasonIn(wrapper) : null;
	if (reason !== null) message.finish_reason = reason;
	if (!isConstructor(wrapper)) addCalls(message.parts, wrapper);
	return message;
}

/** `{lc, id, kwargs}`, and the `{kwargs: {content, type}}` that is left of it in some exports. */
function isConstructor(raw: JsonRecord): boolean {
	return isRecord(raw.kwargs) && (raw.lc !== undefined || ("content" in raw.kwargs && !("args" in raw)));
}

function speakerOf(raw: JsonRecord, otherwise: Speaker): Speaker {
	const role = firstOf(raw, ROLE_KEYS);
	if (typeof role === "string" && role.trim() !== "") return { role: canonicalRole(role, ""), stated: true };
	const known = typedRole(raw) ?? (Array.isArray(raw.id) ? knownRole(raw.id.at(-1)) : undefined);
	return known === undefined ? otherwise : { role: known, stated: true };
}

/** LangChain says who speaks by the type of the message. */
function typedRole(raw: JsonRecord): string | undefined {
	return "content" in raw || isRecord(raw.data) ? knownRole(raw.type) : undefined;
}

function settled({ role, stated }: Speaker, parts: Part[]): Message {
	const kept = parts.length > PARTS_MAX + 1 ? cut(parts) : parts;
	if (kept.length > 0 && kept.every(({ type }) => type === "tool_result")) return { role: "tool", parts: kept };
	const uttered = !stated && kept.some(({ type }) => UTTERED.has(type));
	return { role: uttered ? "assistant" : role, parts: kept };
}

function cut(parts: Part[]): Part[] {
	return [...parts.slice(0, PARTS_MAX), { type: "other", raw: parts.slice(PARTS_MAX) }];
}

function addReasoning(parts: Part[], raw: JsonRecord, options: MessageOptions): void {
	if (parts.some(({ type }) => type === "reasoning")) return;
	for (const key of REASONING_KEYS) {
		const value = raw[key];
		const found = Array.isArray(value)
			? normaliseParts(value, options).filter(({ type }) => type === "reasoning")
			: typeof value === "string" && value !== ""
				? [{ type: "reasoning" as const, text: value }]
				: [];
		if (found.length > 0) {
			parts.unshift(...found);
			return;
		}
	}
}

/** Calls that are kept beside the content. Those that the content holds as well are not repeated. */
function addCalls(parts: Part[], raw: JsonRecord): void {
	for (const key of CALL_LIST_KEYS) {
		const calls = raw[key] === undefined ? undefined : unpacked(raw[key]);
		if (!Array.isArray(calls) || calls.length === 0) continue;
		const known = new Set(parts.map((part) => (part.type === "tool_call" ? part.id : undefined)));
		for (const sent of calls.slice(0, PARTS_MAX)) {
			const entry = unpacked(sent);
			if (!isRecord(entry)) {
				if (sent !== null && sent !== undefined) parts.push({ type: "other", raw: sent });
				continue;
			}
			const call = toolCallPart(isRecord(entry.tool_call) ? entry.tool_call : entry);
			if (call.id !== undefined && known.has(call.id)) continue;
			parts.push(call);
			if (entry.state === "result" && "result" in entry) parts.push(toolResultPart(entry, {}));
		}
		if (calls.length > PARTS_MAX) parts.push({ type: "other", raw: calls.slice(PARTS_MAX) });
		return;
	}
	const single = raw.function_call === undefined ? undefined : unpacked(raw.function_call);
	if (isRecord(single) && !parts.some(({ type }) => type === "tool_call")) parts.push(toolCallPart(single));
}

function addRefusal(parts: Part[], { refusal }: JsonRecord): void {
	if (typeof refusal !== "string" || refusal === "" || parts.some(({ type }) => type === "refusal")) return;
	parts.push({ type: "refusal", text: refusal });
}

function addMedia(parts: Part[], raw: JsonRecord, options: MessageOptions): void {
	for (const key of MEDIA_LIST_KEYS) {
		const list = raw[key];
		if (!Array.isArray(list)) continue;
		for (const entry of list.slice(0, PARTS_MAX)) {
			const found = typeof entry === "string" ? mediaPart({ data: entry }, "image", options)?.part : undefined;
			parts.push(...(found ? [found] : (recognisePart(entry, options) ?? [{ type: "other", raw: entry } as const])));
		}
	}
	if (!isRecord(raw.audio)) return;
	const spoken = mediaPart(raw.audio, "audio", options);
	if (spoken?.part) parts.push(spoken.part);
	if (spoken?.transcript && !parts.some(({ type }) => type === "text")) {
		parts.push({ type: "text", text: spoken.transcript });
	}
}
