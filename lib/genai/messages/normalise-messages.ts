import { eventMessage } from "@/lib/genai/messages/event-message";
import {
	firstOf,
	firstTextOf,
	isRecord,
	type JsonRecord,
	looksLikeJson,
	parseLoose,
} from "@/lib/genai/messages/json-value";
import type { MessageOptions } from "@/lib/genai/messages/media-part";
import { withSystem } from "@/lib/genai/messages/merge-system";
import { knownRole } from "@/lib/genai/messages/message-role";
import { finishReasonIn, isMessage, isWholeMessage, normaliseMessage } from "@/lib/genai/messages/normalise-message";
import type { Message } from "@/lib/span/message";

export type Side = "input" | "output";

const MESSAGES_MAX = 5000;
const NESTING_MAX = 32;

/** Who speaks on a side of a span when the message does not say. */
export const DEFAULT_ROLE = { input: "user", output: "assistant" } as const satisfies Record<Side, string>;

/**
 * Where requests and responses keep their conversation, in order. `each`: a list of messages; `any`: text, a list or an
 * object, to be looked at again; `self`: the object is itself a message without a role; `last`: a state that repeats the
 * whole conversation, of which the closing turns of the model are the answer.
 */
const CONTAINERS: Record<Side, readonly [string, "each" | "any" | "self" | "last"][]> = {
	input: [
		["messages", "each"],
		["contents", "each"],
		["items", "each"],
		["input", "any"],
		["prompt", "any"],
		["prompts", "each"],
		["inputText", "any"],
		["message", "self"],
		["content", "self"],
		["parts", "self"],
		["text", "self"],
	],
	output: [
		["choices", "each"],
		["candidates", "each"],
		["generations", "each"],
		["replies", "each"],
		["output", "any"],
		["message", "self"],
		["content", "self"],
		["parts", "self"],
		["messages", "last"],
		["text", "self"],
		["toolCalls", "self"],
		["tool_calls", "self"],
		["completion", "any"],
		["output_text", "any"],
		["generation", "any"],
		["response", "any"],
		["results", "each"],
		["outputText", "any"],
		["items", "last"],
		["contents", "last"],
	],
};

const SYSTEM_KEYS = ["system", "instructions", "system_instruction", "systemInstruction", "system_prompt"];

/**
 * The conversation in a value of any shape that instrumentations record: a list of messages, one message, a request or a
 * response of a model, a list of event bodies, or text, which is one message. JSON text is read as what it holds; text that
 * only looks like JSON, because it was cut, is text. Null when the value is no conversation: a number, an object that nobody
 * knows, nothing. Of a list the first 5,000 messages are read and the rest is one message of unknown content. Never throws.
 */
export function normaliseMessages(value: unknown, side: Side, options: MessageOptions = {}): Message[] | null {
	return conversation(value, side, options, 0);
}

/** Plain text as a message; `truncated` marks text that was cut on its way. */
export function textMessage(text: string, role: "user" | "assistant", truncated = false): Message {
	const message: Message = { role, parts: [{ type: "text", text }] };
	if (truncated) message.truncated = true;
	return message;
}

function conversation(value: unknown, side: Side, options: MessageOptions, level: number): Message[] | null {
	if (level > NESTING_MAX || value === undefined || value === null) return null;
	if (typeof value === "string") {
		const { value: inner, parsed } = parseLoose(value);
		const found = parsed ? conversation(inner, side, options, level + 1) : null;
		if (found !== null) return found;
		return value.trim() === "" ? null : [textMessage(value, DEFAULT_ROLE[side])];
	}
	if (Array.isArray(value)) return listed(value, side, options, level);
	return isRecord(value) ? contained(value, side, options, level) : null;
}

function listed(list: unknown[], side: Side, options: MessageOptions, level: number): Message[] | null {
	const entries = flattened(list, level);
	if (entries.some(isEventBody)) return eventBodies(entries, side, options);
	if (areMessages(entries)) return eachOf(entries, side, options);
	const message = normaliseMessage(entries, DEFAULT_ROLE[side], options);
	return message === null || message.parts.length === 0 ? null : [message];
}

/** Whether a list holds one message an entry as it stands, so that any of them can be read without the others. */
export function isPlainList(value: unknown): value is readonly unknown[] {
	return (
		Array.isArray(value) &&
		value.length <= MESSAGES_MAX &&
		flattened(value, 0) === value &&
		!value.some(isEventBody) &&
		areMessages(value)
	);
}

/** What stands for an entry of a list of messages that is none; null when it says nothing. */
export function unknownMessage(entry: unknown, side: Side): Message | null {
	if (entry === null || entry === undefined || entry === "") return null;
	return { role: DEFAULT_ROLE[side], parts: [{ type: "other", raw: entry }] };
}

function isEventBody(entry: unknown): boolean {
	return isRecord(entry) && typeof entry["event.name"] === "string";
}

function areMessages(entries: readonly unknown[]): boolean {
	return entries.some(isMessage) || entries.every((entry) => typeof entry === "string");
}

function eachOf(entries: readonly unknown[], side: Side, options: MessageOptions): Message[] | null {
	const messages: Message[] = [];
	let known = false;
	for (const entry of entries.slice(0, MESSAGES_MAX)) {
		const message = normaliseMessage(entry, DEFAULT_ROLE[side], options);
		if (message !== null) known = true;
		const kept = message ?? unknownMessage(entry, side);
		if (kept !== null) messages.push(kept);
	}
	if (!known) return null;
	if (entries.length > MESSAGES_MAX) {
		messages.push({ role: DEFAULT_ROLE[side], parts: [{ type: "other", raw: entries.slice(MESSAGES_MAX) }] });
	}
	return messages;
}

function eventBodies(entries: readonly unknown[], side: Side, options: MessageOptions): Message[] | null {
	const messages: Message[] = [];
	for (const entry of entries.slice(0, MESSAGES_MAX)) {
		if (!isRecord(entry)) continue;
		const event = eventMessage(firstTextOf(entry, ["event.name"]) ?? "", entry, options);
		if (event?.side === side) messages.push(event.message);
	}
	return messages.length === 0 ? null : messages;
}

function contained(record: JsonRecord, side: Side, options: MessageOptions, level: number): Message[] | null {
	if (isWholeMessage(record)) {
		const message = normaliseMessage(record, DEFAULT_ROLE[side], options);
		if (message !== null) return [message];
	}
	for (const [key, how] of CONTAINERS[side]) {
		const inner = record[key];
		if (inner === undefined || inner === null || inner === "") continue;
		const found = READERS[how](inner, record, side, options, level + 1);
		if (found === null || found.length === 0) continue;
		return side === "input" ? withSystem(systemOf(record), found, options) : ended(found, record);
	}
	return null;
}

type Reader = (
	inner: unknown,
	record: JsonRecord,
	side: Side,
	options: MessageOptions,
	level: number,
) => Message[] | null;

const READERS: Record<(typeof CONTAINERS)[Side][number][1], Reader> = {
	each: (inner, _record, side, options, level) =>
		Array.isArray(inner) ? eachOf(flattened(inner, level), side, options) : conversation(inner, side, options, level),
	any: (inner, _record, side, options, level) => conversation(inner, side, options, level),
	self: (_inner, record, side, options) => {
		const message = normaliseMessage(record, DEFAULT_ROLE[side], options);
		return message === null || message.parts.length === 0 ? null : [message];
	},
	last: (inner, record, side, options, level) => {
		const messages = READERS.each(inner, record, side, options, level);
		const start = messages?.findLastIndex(({ role }) => role !== "assistant") ?? -1;
		return messages && start + 1 < messages.length ? messages.slice(start + 1) : messages;
	},
};

function systemOf(record: JsonRecord): unknown {
	return firstOf(record, SYSTEM_KEYS) ?? (isRecord(record.config) ? firstOf(record.config, SYSTEM_KEYS) : undefined);
}

/** A response states once, beside its only message, why it ended. */
function ended(messages: Message[], record: JsonRecord): Message[] {
	const [only] = messages;
	const reason = messages.length === 1 && only?.finish_reason === undefined ? finishReasonIn(record) : null;
	if (only && reason !== null) only.finish_reason = reason;
	return messages;
}

/** Batches of lists as one list, `[role, text]` pairs as messages, and messages that are JSON text as what they hold. */
function flattened(list: readonly unknown[], level: number): unknown[] {
	if (!list.some((entry) => Array.isArray(entry) || (typeof entry === "string" && looksLikeJson(entry)))) {
		return list as unknown[];
	}
	const entries: unknown[] = [];
	for (const entry of list) {
		if (entries.length > MESSAGES_MAX) {
			entries.push(entry);
		} else if (typeof entry === "string") {
			const { value } = parseLoose(entry);
			entries.push(isMessage(value) ? value : entry);
		} else if (!Array.isArray(entry) || level > NESTING_MAX) {
			entries.push(entry);
		} else if (entry.length === 2 && typeof entry[1] === "string" && knownRole(entry[0]) !== undefined) {
			entries.push({ role: entry[0], content: entry[1] });
		} else {
			for (const inner of flattened(entry, level + 1)) entries.push(inner);
		}
	}
	return entries;
}
