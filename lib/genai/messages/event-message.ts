import { isRecord, type JsonRecord, unpacked } from "@/lib/genai/messages/json-value";
import type { MessageOptions } from "@/lib/genai/messages/media-part";
import { finishReasonIn, normaliseMessage } from "@/lib/genai/messages/normalise-message";
import type { Message } from "@/lib/span/message";

const EVENTS: ReadonlyMap<string, { side: "input" | "output"; role: string }> = new Map([
	["gen_ai.system.message", { side: "input", role: "system" }],
	["gen_ai.user.message", { side: "input", role: "user" }],
	["gen_ai.assistant.message", { side: "input", role: "assistant" }],
	["gen_ai.tool.message", { side: "input", role: "tool" }],
	["gen_ai.choice", { side: "output", role: "assistant" }],
]);

/** Fields that may be JSON text of an object, and the keys that make it one. What the text is otherwise, the message reads. */
const OBJECT_FIELDS: readonly [string, readonly string[]][] = [
	["message", ["role", "parts", "content", "tool_calls"]],
	["content", ["role", "parts"]],
];

/**
 * The message that a span event or log record named `gen_ai.<role>.message` or `gen_ai.choice` carries; `fields` are the
 * attributes of the event or the body of the record. Null for other names, and when the content was not captured.
 */
export function eventMessage(
	name: string,
	fields: Record<string, unknown>,
	options: MessageOptions = {},
): { side: "input" | "output"; message: Message } | null {
	const event = EVENTS.get(name);
	if (event === undefined) return null;
	const body = bodyOf(fields);
	const message = normaliseMessage(body, event.role, { ...options, packed: true });
	const reason = finishReasonIn(fields) ?? (isRecord(body) ? finishReasonIn(body) : null);
	if (message === null) {
		return reason === null
			? null
			: { side: event.side, message: { role: event.role, parts: [], finish_reason: reason } };
	}
	if (message.finish_reason === undefined && reason !== null) message.finish_reason = reason;
	if (message.parts.length === 0 && message.finish_reason === undefined) return null;
	return { side: event.side, message };
}

/** The whole body as the JSON text of one attribute, or spread over the fields. */
function bodyOf(fields: JsonRecord): unknown {
	const whole = fields["gen_ai.event.content"];
	const body = whole === undefined || whole === null ? fields : unpacked(whole);
	if (!isRecord(body)) return body;
	let read = body;
	for (const [key, marks] of OBJECT_FIELDS) {
		const value = body[key];
		if (typeof value !== "string") continue;
		const inner = unpacked(value);
		if (isRecord(inner) && marks.some((mark) => mark in inner)) read = { ...read, [key]: inner };
	}
	return read;
}
