import { scalarText } from "@/lib/genai/derive-context";
import type { Dialect, Evidence, MessageRule } from "@/lib/genai/dialect";
import { textMessage } from "@/lib/genai/messages/normalise-messages";
import type { Message } from "@/lib/span/message";
import type { SpanKind } from "@/lib/span/span";

const KINDS = new Map<string, SpanKind>(
	Object.entries({
		interaction: "agent",
		llm_request: "llm",
		tool: "tool",
		"tool.execution": "span",
		"tool.blocked_on_user": "span",
		hook: "span",
	} as const),
);

/** Claude Code's own tracing. Its token counts leave caches out. Source: Claude Code documentation, "Monitoring". */
export const claudeCode: Dialect = {
	name: "claude-code",
	scope: /^com\.anthropic\.claude_code(\.|$)/,
	spanName: /^claude_code\./,
	kind: [{ place: 60, read: claudeCodeKind }],
	fields: {
		input: [
			[220, "user_prompt"],
			[221, "tool_input"],
			[222, "full_command"],
		],
		output: [[220, "response.model_output"]],
		toolName: [[50, "tool_name"]],
		toolCallId: [[60, "tool_use_id"]],
		toolArguments: [
			[80, "tool_input"],
			[90, "full_command"],
		],
		"usage.input": [[80, "input_tokens"]],
		"usage.output": [[80, "output_tokens"]],
		"usage.cache_read": [[90, "cache_read_tokens"]],
		"usage.cache_creation": [[90, "cache_creation_tokens"]],
		cost: [[105, "cost_usd"]],
		ttft: [[50, "ttft_ms"]],
		failure: [[20, "success", { read: (value) => scalarText(value)?.toLowerCase() === "false" || null }]],
		finishReason: [[50, "stop_reason"]],
	},
	messages: [
		{ place: 150, side: "input", read: (evidence) => plainTurn(evidence, "user_prompt", "user") },
		{ place: 150, side: "output", read: (evidence) => plainTurn(evidence, "response.model_output", "assistant") },
	] satisfies MessageRule[],
};

function claudeCodeKind(evidence: Evidence): SpanKind | null {
	if (evidence.convention !== "claude-code") return null;
	const type = evidence.span.name.replace(/^claude_code\./, "");
	return KINDS.get(type) ?? KINDS.get(evidence.text("span.type") ?? "") ?? null;
}

function plainTurn(
	evidence: Evidence,
	key: string,
	role: "user" | "assistant",
): { messages: Message[]; from: string } | null {
	const text = evidence.text(key);
	return text === undefined ? null : { messages: [textMessage(text, role)], from: key };
}
