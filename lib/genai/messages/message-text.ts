import { isRecord, type JsonRecord, jsonText, parseLoose } from "@/lib/genai/messages/json-value";
import type { FinishReason, Message } from "@/lib/span/message";

/** Keys that hold the whole of what was said when they are an object's only key. */
const SOLE_KEYS = new Set([
	...["input", "query", "question", "prompt", "text", "message", "content", "output", "answer", "result", "response"],
]);

/** Messages by place; where nothing is said there may be null. */
type MessageList = readonly Message[] | { readonly length: number; at(index: number): Message | null };

/** What the user asked last: text of the last user message. Null when it holds no text, or there is none. */
export function inputTextOf(messages: MessageList): string | null {
	for (let index = messages.length - 1; index >= 0; index--) {
		const message = messages.at(index);
		if (message?.role === "user") return textOf(message);
	}
	return null;
}

/** What was answered: text of the first message, else of any other. Null when no message holds text. */
export function outputTextOf(messages: MessageList): string | null {
	for (let index = 0; index < messages.length; index++) {
		const message = messages.at(index);
		const text = message ? textOf(message) : null;
		if (text !== null) return text;
	}
	return null;
}

/** Why the model stopped, by the first message that says it; null when none does. */
export function finishReasonOf(messages: MessageList): FinishReason | null {
	for (let index = 0; index < messages.length; index++) {
		const reason = messages.at(index)?.finish_reason;
		if (reason) return reason;
	}
	return null;
}

/**
 * What a reader wants to see of a raw value that is no conversation: text without JSON's quotes, the text under a single
 * well-known key, the only argument of a traced function (`{args, kwargs}`), `.text` of an object; otherwise the value as
 * compact JSON, or the text as it was sent. Null for nothing.
 */
export function unwrapText(value: unknown): string | null {
	const { value: plain } = typeof value === "string" ? parseLoose(value) : { value };
	if (plain === undefined || plain === null) return null;
	const inner = typeof plain === "string" ? plain : isRecord(plain) ? innerText(plain) : undefined;
	const text = inner ?? jsonText(value);
	return text.trim() === "" || text === "{}" || text === "[]" ? null : text.toWellFormed();
}

function innerText(record: JsonRecord): string | undefined {
	const keys = Object.keys(record);
	const [only = ""] = keys;
	if (keys.length === 1 && SOLE_KEYS.has(only)) return filled(record[only]);
	if ("args" in record) return argumentText(record);
	return filled(record.text);
}

function argumentText({ args, kwargs }: JsonRecord): string | undefined {
	const positional = Array.isArray(args) ? args : [];
	const named = isRecord(kwargs) ? kwargs : {};
	const names = Object.keys(named);
	if (positional.length === 1 && names.length === 0) return filled(positional[0]);
	const [only = ""] = names;
	return positional.length === 0 && names.length === 1 && SOLE_KEYS.has(only) ? filled(named[only]) : undefined;
}

function filled(value: unknown): string | undefined {
	return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function textOf({ parts }: Message): string | null {
	let text: string | null = null;
	for (const part of parts) if (part.type === "text") text = text === null ? part.text : `${text}\n${part.text}`;
	return text === null ? null : text.toWellFormed();
}
