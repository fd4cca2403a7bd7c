import { scalarText } from "@/lib/genai/derive-context";
import type { Evidence, Found } from "@/lib/genai/dialect";
import { memberAt } from "@/lib/genai/evidence";
import { isMeaningful } from "@/lib/genai/meaningful";
import { normaliseMessages } from "@/lib/genai/messages/normalise-messages";
import { toolResult } from "@/lib/genai/messages/tool-part";
import { attributesPlain } from "@/lib/span/any-value";
import type { Part } from "@/lib/span/message";

/** Conventions that name a tool's span after the tool. */
const NAMED_AFTER_TOOL = new Set(["openinference", "langsmith", "mlflow", "langfuse", "laminar", "haystack"]);

export interface DerivedTool {
	name: Found<string> | null;
	arguments: Found<unknown> | null;
	result: Found<unknown> | null;
}

/** Which tool a tool span called, with what, and what it gave back. The id of the call is read by who wants it. */
export function deriveTool(evidence: Evidence): DerivedTool {
	return {
		name: evidence.firstOf("toolName", scalarText) ?? nameOfSpan(evidence),
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

/** What a tool gave back, out of its wrapping; a serialised tool message is its content. */
function unwrapResult(value: unknown): unknown {
	const serialised = isSerialised(value)
		? value
		: isSerialised(memberAt(value, ["output"]))
			? memberAt(value, ["output"])
			: null;
	if (serialised) return partOf([serialised], "tool_result")?.result ?? partOf([serialised], "text")?.text ?? value;
	return toolResult(value);
}

/** LangChain writes its objects as `{lc, type: "constructor", id, kwargs}`. */
function isSerialised(value: unknown): boolean {
	return memberAt(value, ["lc"]) !== undefined && memberAt(value, ["kwargs"]) !== undefined;
}

function fromEvent(evidence: Evidence, name: string, keys: readonly string[]): Found<unknown> | null {
	for (const event of evidence.span.events) {
		if (event.name !== name) continue;
		const fields = attributesPlain(event.attributes);
		for (const key of keys) {
			const value = fields[key];
			if (!isMeaningful(value)) continue;
			return { value: toolResult(value), from: `event:${name}` };
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
