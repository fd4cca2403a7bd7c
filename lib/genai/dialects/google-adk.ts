import type { Dialect } from "@/lib/genai/dialect";

const REQUEST = "gcp.vertex.agent.llm_request";
const RESPONSE = "gcp.vertex.agent.llm_response";

/** Google's Agent Development Kit. Its counts may leave thoughts out. Source: adk-python, telemetry. */
export const googleAdk: Dialect = {
	name: "google-adk",
	scope: /^gcp\.vertex\.agent$/,
	marks: ["gcp.vertex.agent."],
	fields: {
		requestModel: [[125, REQUEST, { path: ["model"] }]],
		input: [
			[160, "gcp.vertex.agent.tool_call_args"],
			[161, REQUEST],
			[162, "gcp.vertex.agent.data"],
		],
		output: [
			[160, "gcp.vertex.agent.tool_response"],
			[161, RESPONSE],
		],
		inputMessages: [[101, REQUEST]],
		outputMessages: [[101, RESPONSE]],
		toolDefinitions: [[60, REQUEST, { path: ["config", "tools"] }]],
		toolArguments: [[40, "gcp.vertex.agent.tool_call_args"]],
		toolResult: [[40, "gcp.vertex.agent.tool_response"]],
		"usage.input": [[1040, RESPONSE, { path: ["usage_metadata", "prompt_token_count"] }]],
		"usage.output": [[1040, RESPONSE, { path: ["usage_metadata", "candidates_token_count"] }]],
		"usage.total": [[1040, RESPONSE, { path: ["usage_metadata", "total_token_count"] }]],
		"usage.cache_read": [[1040, RESPONSE, { path: ["usage_metadata", "cached_content_token_count"] }]],
		"usage.reasoning": [
			[80, "gen_ai.usage.experimental.reasoning_tokens"],
			[1040, RESPONSE, { path: ["usage_metadata", "thoughts_token_count"] }],
		],
		sessionId: [[120, "gcp.vertex.agent.session_id"]],
		finishReason: [[80, RESPONSE, { path: ["finish_reason"] }]],
	},
};
