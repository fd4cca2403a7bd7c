import type { Dialect } from "@/lib/genai/dialect";

/** Logfire, whose display names and request bodies Pydantic AI shares. */
export const logfire: Dialect = {
	name: "logfire",
	scope: /^logfire/,
	marks: ["logfire."],
	fields: {
		displayName: [[10, "logfire.msg"]],
		input: [[210, "request_data"]],
		output: [[210, "response_data"]],
		inputMessages: [[108, "request_data"]],
		outputMessages: [
			[107.5, "response_data", { path: ["combined_chunk_content"] }],
			[108, "response_data"],
		],
		requestModel: [[115, "request_data", { path: ["model"] }]],
		toolDefinitions: [[97, "request_data", { path: ["tools"] }]],
		tags: [[80, "logfire.tags"]],
		"usage.input": [
			[1070, "response_data", { path: ["usage", "prompt_tokens"] }],
			[1071, "response_data", { path: ["usage", "input_tokens"] }],
		],
		"usage.output": [
			[1070, "response_data", { path: ["usage", "completion_tokens"] }],
			[1071, "response_data", { path: ["usage", "output_tokens"] }],
		],
		"usage.cache_read": [
			[1070, "response_data", { path: ["usage", "prompt_tokens_details", "cached_tokens"] }],
			[1071, "response_data", { path: ["usage", "cache_read_input_tokens"] }],
		],
	},
};
