import type { Dialect, Evidence, MessageRule } from "@/lib/genai/dialect";
import { jsonText } from "@/lib/genai/messages/json-value";
import { normaliseMessages, textMessage } from "@/lib/genai/messages/normalise-messages";
import type { Message } from "@/lib/span/message";

/** Pydantic AI, instrumentation versions 1 to 5. Source: pydantic-ai, "instrumented models". */
export const pydanticAi: Dialect = {
	name: "pydantic-ai",
	scope: /^pydantic-ai$/,
	marks: ["model_request_parameters", "pydantic_ai."],
	fields: {
		input: [
			[200, "pydantic_ai.all_messages"],
			[201, "all_messages_events"],
			[202, "events"],
			[203, "tool_arguments"],
		],
		output: [
			[200, "final_result"],
			[201, "tool_response"],
		],
		inputMessages: [
			[70, "events"],
			[71, "all_messages_events"],
		],
		outputMessages: [
			[70, "events"],
			[71, "all_messages_events"],
		],
		toolDefinitions: [[80, "model_request_parameters", { path: ["function_tools"] }]],
		toolArguments: [[70, "tool_arguments"]],
		toolResult: [[70, "tool_response"]],
		"usage.cache_read": [[50, "gen_ai.usage.details.cache_read_tokens"]],
		"usage.cache_creation": [[60, "gen_ai.usage.details.cache_write_tokens"]],
		"usage.reasoning": [[30, "gen_ai.usage.details.reasoning_tokens"]],
		"usage.audio_input": [[20, "gen_ai.usage.details.input_audio_tokens"]],
		"usage.audio_output": [[20, "gen_ai.usage.details.output_audio_tokens"]],
		cost: [[20, "operation.cost"]],
	},
	messages: [
		{ place: 80, side: "input", read: agentInput },
		{ place: 80, side: "output", read: agentOutput },
	] satisfies MessageRule[],
};

const ALL = "pydantic_ai.all_messages";

// The run's history: what the model said last is the output, everything before it the input.
function splitHistory(evidence: Evidence): { before: Message[]; answer: Message[] } | null {
	const messages = normaliseMessages(evidence.json(ALL), "input");
	if (!messages) return null;
	let end = messages.length;
	while (end > 0 && messages[end - 1]?.role === "assistant") end--;
	return { before: messages.slice(0, end), answer: messages.slice(end) };
}

function agentInput(evidence: Evidence): { messages: Message[]; from: string } | null {
	const messages = splitHistory(evidence)?.before ?? [];
	return messages.length > 0 ? { messages, from: ALL } : null;
}

function agentOutput(evidence: Evidence): { messages: Message[]; from: string } | null {
	const messages = splitHistory(evidence)?.answer ?? [];
	if (messages.length > 0) return { messages, from: ALL };
	const result = evidence.plain("final_result");
	return result === undefined ? null : { messages: [textMessage(jsonText(result), "assistant")], from: "final_result" };
}
