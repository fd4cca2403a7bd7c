import { firstOf, firstTextOf, isRecord, type JsonRecord, parseLoose, unpacked } from "@/lib/genai/messages/json-value";
import { type MessageOptions, mediaPart } from "@/lib/genai/messages/media-part";
import type { MediaType, Part } from "@/lib/span/message";

type ToolCall = Extract<Part, { type: "tool_call" }>;
type ToolResult = Extract<Part, { type: "tool_result" }>;

/** Responses and LiveKit items have an id of their own beside that of the call, so `call_id` goes first. */
const CALL_IDS = ["call_id", "callId", "toolCallId", "tool_call_id", "toolUseId", "tool_use_id", "ref", "id"];
const NAMES = ["name", "toolName", "tool_name"];
const ARGUMENTS = ["arguments", "input", "args"];
const RESULTS = ["response", "result", "output", "content", "server_tool_call_response"];

/** Keys under which a call keeps the function it calls. */
const CALLEES = ["function", "payload", "server_tool_call", "tool_call", "function_call"];

const TEXT_BLOCK_KEYS = new Set(["type", "text", "id", "annotations", "citations", "cache_control"]);
const TEXT_BLOCK_TYPES: ReadonlySet<unknown> = new Set([undefined, null, "text", "input_text", "output_text"]);
const TOOL_OUTPUT_TYPES = new Set(["text", "json", "content", "error-text", "error-json", "execution-denied"]);
const MEDIA_BLOCKS: ReadonlyMap<unknown, MediaType> = new Map([
	["image", "image"],
	["image_url", "image"],
	["input_image", "image"],
	["image-data", "image"],
	["audio", "audio"],
	["input_audio", "audio"],
	["video", "video"],
	["file", "file"],
	["file-data", "file"],
	["media", "file"],
	["document", "file"],
	["input_file", "file"],
]);

/** A function call of any provider, its arguments parsed when they are JSON. */
export function toolCallPart(record: JsonRecord): ToolCall {
	const inner = firstOf(record, CALLEES);
	const callee = isRecord(inner) ? inner : record;
	const id = firstTextOf(record, CALL_IDS) ?? firstTextOf(callee, CALL_IDS);
	const name = firstTextOf(callee, NAMES) ?? firstTextOf(record, NAMES) ?? "";
	const given =
		firstOf(callee, ARGUMENTS) ?? firstOf(record, ARGUMENTS) ?? (callee === record ? undefined : rest(callee));
	const part: ToolCall = { type: "tool_call", name };
	if (id !== undefined) part.id = id;
	if (given !== undefined) part.arguments = unpacked(given);
	return part;
}

/** What a tool gave back, out of any provider's wrapping. */
export function toolResultPart(sent: JsonRecord, options: MessageOptions): ToolResult {
	const record = isRecord(sent.payload) ? sent.payload : sent;
	const origin = isRecord(record.origin) ? record.origin : record;
	const id = firstTextOf(record, CALL_IDS) ?? firstTextOf(origin, CALL_IDS);
	const name = firstTextOf(record, NAMES) ?? firstTextOf(origin, NAMES);
	const failure = firstOf(record, ["error", "errorText"]);
	const value = firstOf(record, RESULTS) ?? (failure === true || failure === false ? undefined : failure);
	const part: ToolResult = { type: "tool_result", result: toolResult(value, options) };
	if (id !== undefined) part.id = id;
	if (name !== undefined) part.name = name;
	if (failed(record, value)) part.is_error = true;
	return part;
}

/**
 * The value of a tool's result: JSON text parsed, `{type: "json", value}` and lists of text or JSON blocks unwrapped. In
 * other lists of blocks media become references; everything else stays as sent. Null when there is none.
 */
export function toolResult(value: unknown, options: MessageOptions = {}): unknown {
	const plain = unpacked(value ?? null);
	if (Array.isArray(plain)) return blocksResult(plain, options);
	if (isRecord(plain) && typeof plain.type === "string" && TOOL_OUTPUT_TYPES.has(plain.type)) {
		if ("value" in plain) return Array.isArray(plain.value) ? blocksResult(plain.value, options) : plain.value;
		if (isTextBlock(plain)) return parseLoose(plain.text).value;
	}
	return plain;
}

function blocksResult(blocks: unknown[], options: MessageOptions): unknown {
	if (blocks.length === 0) return blocks;
	if (blocks.every(isTextBlock)) {
		const [only] = blocks;
		if (blocks.length === 1 && only) return parseLoose(only.text).value;
		return blocks.map(({ text }) => text).join("\n");
	}
	const [only] = blocks;
	if (blocks.length === 1 && isRecord(only) && "json" in only && Object.keys(only).length === 1) return only.json;
	return blocks.some(isMediaBlock) ? blocks.map((block) => withoutBytes(block, options)) : blocks;
}

function isTextBlock(block: unknown): block is { text: string } {
	if (!isRecord(block) || typeof block.text !== "string" || !TEXT_BLOCK_TYPES.has(block.type)) return false;
	for (const key in block) if (!TEXT_BLOCK_KEYS.has(key)) return false;
	return true;
}

function mediaTypeOf(block: unknown): MediaType | undefined {
	if (!isRecord(block)) return undefined;
	const claimed = MEDIA_BLOCKS.get(block.type);
	if (claimed !== undefined || block.type !== undefined) return claimed;
	for (const key of ["image", "video", "document"]) if (isRecord(block[key])) return MEDIA_BLOCKS.get(key);
	return undefined;
}

const isMediaBlock = (block: unknown): boolean => mediaTypeOf(block) !== undefined;

function withoutBytes(block: unknown, options: MessageOptions): unknown {
	const type = mediaTypeOf(block);
	return (type !== undefined && isRecord(block) && mediaPart(block, type, options)?.part) || block;
}

function failed(record: JsonRecord, value: unknown): boolean {
	if (record.is_error === true || record.isError === true || record.status === "error") return true;
	if (isRecord(value) && typeof value.type === "string" && value.type.startsWith("error-") && "value" in value) {
		return true;
	}
	const failure = record.error ?? record.errorText;
	return failure === true || (typeof failure === "string" && failure !== "") || isRecord(failure);
}

/** What a server-side call says beside its type: its arguments have no key of their own. */
function rest(callee: JsonRecord): JsonRecord | undefined {
	const entries = Object.entries(callee).filter(([key]) => key !== "type" && !NAMES.includes(key));
	return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
