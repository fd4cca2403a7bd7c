import type { Evidence, Found } from "@/lib/genai/dialect";
import { memberAt } from "@/lib/genai/evidence";
import { isMeaningful } from "@/lib/genai/meaningful";
import { parseLoose } from "@/lib/genai/messages/json-value";
import { normaliseMessages } from "@/lib/genai/messages/normalise-messages";
import { attributesPlain } from "@/lib/span/any-value";
import type { Part } from "@/lib/span/message";

/** Conventions that name a tool's span after the tool. */
const NAMED_AFTER_TOOL = new Set(["openinference", "langsmith", "mlflow", "langfuse", "laminar", "haystack"]);

export interface DerivedTool {
	name: Found<string> | null;
	callId: Found<string> | null;
	arguments: Found<unknown> | null;
	result: Found<unknown> | null;
}

/** Which tool a tool span called, with what, and what it gave back. */
export function deriveTool(evidence: Evidence): DerivedTool {
	const text = (value: unknown) => (typeof value === "object" ? null : String(value));
	return {
		name: evidence.firstOf("toolName", text) ?? nameOfSpan(evidence),
		callId: evidence.firstOf("toolCallId", text),
		arguments:
			evidence.firstOf("toolArguments", (value, key) => (isMessages(key) ? callOf(value) : value)) ??
			fromEvent(evidence, "gen_ai.tool.message", ["content", "gen_ai.event.content", "arguments"]),
		result:
			evidence.firstOf("toolResult", (value, key) => unwrapResult(isMessages(key) ? resultOf(value) : value)) ??
			fromEvent(evidence, "gen_ai.choice", ["message", "gen_ai.event.content", "content"]) ??
			fromToolOutput(evidence),
	};
}

function nameOfSpan(evidence: Evidence): Found<string> | null {
	const { name } = evidence.span;
	const operation = /^(?:execute_tool|tools\/call|tool_call|anthropic\.tool_use) (\S.*)$/.exec(name);
	if (operation?.[1]) return { value: operation[1], from: "span name" };
	return NAMED_AFTER_TOOL.has(evidence.convention) ? { value: name, from: "span name" } : null;
}

const isMessages = (key: string) => key.endsWith(".messages");

function partOf<Type extends Part["type"]>(value: unknown, type: Type): Extract<Part, { type: Type }> | undefined {
	const messages = normaliseMessages(value, "output") ?? [];
	for (const { parts } of messages)
		for (const part of parts) if (part.type === type) return part as Extract<Part, { type: Type }>;
	return undefined;
}

function callOf(value: unknown): unknown {
	const call = typeof value === "object" ? partOf(value, "tool_call") : undefined;
	return call ? call.arguments : value;
}

function resultOf(value: unknown): unknown {
	const result = typeof value === "object" ? partOf(value, "tool_result") : undefined;
	return result ? result.result : value;
}

/** A list of nothing but text blocks is their text; a serialised tool message is its content. */
function unwrapResult(value: unknown): unknown {
	const serialised = isSerialised(value)
		? value
		: isSerialised(memberAt(value, ["output"]))
			? memberAt(value, ["output"])
			: null;
	if (serialised) return partOf([serialised], "tool_result")?.result ?? partOf([serialised], "text")?.text ?? value;
	if (Array.isArray(value) && value.length > 0 && value.every(isTextBlock)) {
		return value.map((block) => block.text).join("\n");
	}
	return value;
}

/** LangChain writes its objects as `{lc, type: "constructor", id, kwargs}`. */
function isSerialised(value: unknown): boolean {
	return memberAt(value, ["lc"]) !== undefined && memberAt(value, ["kwargs"]) !== undefined;
}

function isTextBlock(value: unknown): value is { text: string } {
	if (typeof value !== "object" || value === null) return false;
	const { text, type, ...rest } = value as { text?: unknown; type?: unknown };
	return typeof text === "string" && (type === undefined || type === "text") && Object.keys(rest).length === 0;
}

function fromEvent(evidence: Evidence, name: string, keys: readonly string[]): Found<unknown> | null {
	for (const event of evidence.span.events) {
		if (event.name !== name) continue;
		const fields = attributesPlain(event.attributes);
		for (const key of keys) {
			const value = fields[key];
			if (!isMeaningful(value)) continue;
			const parsed = typeof value === "string" ? parseLoose(value).value : value;
			return { value: unwrapResult(parsed), from: `event:${name}` };
		}
	}
	return null;
}

/** Claude Code names the member after the tool. */
function fromToolOutput(evidence: Evidence): Found<unknown> | null {
	const event = evidence.span.events.find(({ name }) => name === "tool.output");
	if (!event) return null;
	const fields = Object.entries(attributesPlain(event.attributes)).filter(([, value]) => isMeaningful(value));
	const preferred = fields.find(([key]) => /^(output|content|result|stdout)$/.test(key)) ?? fields[0];
	return preferred ? { value: preferred[1], from: "event:tool.output" } : null;
}
