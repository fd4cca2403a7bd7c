import type { Dialect, Evidence, MessageRule } from "@/lib/genai/dialect";
import { readNumber } from "@/lib/genai/meaningful";
import { normaliseMessages } from "@/lib/genai/messages/normalise-messages";
import type { Message } from "@/lib/span/message";
import type { SpanKind } from "@/lib/span/span";

const KINDS = new Map<string, SpanKind>(
	Object.entries({
		llm_node: "chain",
		function_tool: "tool",
		agent_session: "agent",
		session: "agent",
	} as const),
);

const METRICS = "lk.llm_metrics";
const inSeconds = (value: unknown) => {
	const seconds = readNumber(value);
	return seconds === null ? null : Math.round(seconds * 1e9) / 1e6;
};

/** LiveKit Agents: voice sessions. What is personal moved under `lk.pii`. Source: livekit-agents, telemetry. */
export const livekit: Dialect = {
	name: "livekit",
	scope: /^livekit-agents$/,
	marks: ["lk."],
	kind: [
		{
			place: 171,
			read: ({ convention, span }) => (convention === "livekit" ? (KINDS.get(span.name) ?? null) : null),
		},
	],
	fields: {
		input: [
			[170, "lk.pii.chat_ctx"],
			[171, "lk.chat_ctx"],
			[172, "lk.pii.function_tool.arguments"],
			[173, "lk.function_tool.arguments"],
			[174, "lk.pii.user_transcript"],
			[175, "lk.user_transcript"],
			[176, "lk.pii.user_input"],
			[177, "lk.user_input"],
		],
		output: [
			[170, "lk.pii.response.text"],
			[171, "lk.response.text"],
			[172, "lk.pii.function_tool.output"],
			[173, "lk.function_tool.output"],
		],
		inputMessages: [
			[90, "lk.pii.chat_ctx"],
			[91, "lk.chat_ctx"],
		],
		toolDefinitions: [[90, "lk.function_tools"]],
		toolName: [[60, "lk.function_tool.name"]],
		toolCallId: [[70, "lk.function_tool.id"]],
		toolArguments: [
			[60, "lk.pii.function_tool.arguments"],
			[61, "lk.function_tool.arguments"],
		],
		toolResult: [
			[60, "lk.pii.function_tool.output"],
			[61, "lk.function_tool.output"],
		],
		"usage.input": [[1090, METRICS, { path: ["prompt_tokens"] }]],
		"usage.output": [[1090, METRICS, { path: ["completion_tokens"] }]],
		"usage.total": [[1090, METRICS, { path: ["total_tokens"] }]],
		"usage.cache_read": [
			[40, "gen_ai.usage.input_cached_tokens"],
			[1090, METRICS, { path: ["prompt_cached_tokens"] }],
		],
		"usage.audio_input": [[40, "gen_ai.usage.input_audio_tokens"]],
		"usage.audio_output": [[40, "gen_ai.usage.output_audio_tokens"]],
		ttft: [
			[30, "lk.response.ttft", { read: inSeconds }],
			[31, METRICS, { path: ["ttft"], read: inSeconds }],
		],
		sessionId: [[170, "room_id", { when: ({ convention }) => convention === "livekit" }]],
		agentName: [[50, "lk.agent_name"]],
		failure: [[60, "lk.function_tool.is_error", { read: (value) => value === true || value === "true" || null }]],
	},
	messages: [{ place: 90, side: "output", read: response }] satisfies MessageRule[],
};

function response(evidence: Evidence): { messages: Message[]; from: string } | null {
	const from = evidence.has("lk.pii.response.text") ? "lk.pii.response" : "lk.response";
	const content = evidence.text(`${from}.text`);
	const calls = evidence.json(`${from}.function_calls`);
	const message = {
		role: "assistant",
		...(content && { content }),
		...(Array.isArray(calls) && { tool_calls: calls }),
	};
	const messages = content || Array.isArray(calls) ? normaliseMessages([message], "output") : null;
	return messages && { messages, from: `${from}.${content ? "text" : "function_calls"}` };
}
