import { isRecord, unpacked } from "@/lib/genai/messages/json-value";
import type { MessageOptions } from "@/lib/genai/messages/media-part";
import { isMessage, normaliseMessage } from "@/lib/genai/messages/normalise-message";
import { normaliseParts } from "@/lib/genai/messages/normalise-parts";
import type { Message, Part } from "@/lib/span/message";

/**
 * The messages with the system instructions before them as one message: text, a list of parts, texts or messages, or one
 * object. Messages that hold a system message already, and instructions that say nothing, leave them as they are.
 */
export function withSystem(system: unknown, messages: Message[], options: MessageOptions = {}): Message[] {
	if (system === undefined || system === null || messages.some(({ role }) => role === "system")) return messages;
	const parts = systemParts(unpacked(system), options);
	return parts.length === 0 ? messages : [{ role: "system", parts }, ...messages];
}

function systemParts(system: unknown, options: MessageOptions): Part[] {
	if (typeof system === "string") return system.trim() === "" ? [] : [{ type: "text", text: system }];
	if (Array.isArray(system)) {
		if (!system.some(isMessage)) return normaliseParts(system, options);
		return system.flatMap((entry) => normaliseMessage(entry, "system", options)?.parts ?? []);
	}
	return isRecord(system) ? (normaliseMessage(system, "system", options)?.parts ?? []) : [];
}
