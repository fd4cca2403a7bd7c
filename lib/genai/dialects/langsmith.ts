import type { Dialect } from "@/lib/genai/dialect";

/** LangSmith's OpenTelemetry exporter (LangChain, LangGraph). Its trace.session_id is a project, not a session. */
export const langsmith: Dialect = {
	name: "langsmith",
	scope: /^langsmith$/,
	marks: ["langsmith.span.kind", "langsmith.metadata."],
	kind: [
		{
			place: 40,
			key: "langsmith.span.kind",
			values: {
				LLM: "llm",
				CHAIN: "chain",
				TOOL: "tool",
				RETRIEVER: "retrieval",
				EMBEDDING: "embedding",
				PROMPT: "prompt",
				PARSER: "chain",
			},
		},
	],
	fields: {
		provider: [[80, "langsmith.metadata.ls_provider"]],
		requestModel: [[95, "langsmith.metadata.ls_model_name"]],
		"usage.input": [[1050, "langsmith.usage_metadata", { path: ["input_tokens"] }]],
		"usage.output": [[1050, "langsmith.usage_metadata", { path: ["output_tokens"] }]],
		"usage.total": [[1050, "langsmith.usage_metadata", { path: ["total_tokens"] }]],
		"usage.cache_read": [[1050, "langsmith.usage_metadata", { path: ["input_token_details", "cache_read"] }]],
		"usage.cache_creation": [[1050, "langsmith.usage_metadata", { path: ["input_token_details", "cache_creation"] }]],
		"usage.reasoning": [[1050, "langsmith.usage_metadata", { path: ["output_token_details", "reasoning"] }]],
		"usage.audio_input": [[1050, "langsmith.usage_metadata", { path: ["input_token_details", "audio"] }]],
		"usage.audio_output": [[1050, "langsmith.usage_metadata", { path: ["output_token_details", "audio"] }]],
		toolDefinitions: [
			[94, "gen_ai.prompt", { path: ["tools"] }],
			[95, "langsmith.metadata.ls_invocation_params", { path: ["tools"] }],
		],
		sessionId: [
			[50, "langsmith.metadata.session_id"],
			[51, "langsmith.metadata.thread_id"],
			[52, "langsmith.metadata.conversation_id"],
		],
		userId: [[60, "langsmith.metadata.user_id"]],
		tags: [[40, "langsmith.span.tags"]],
		metadata: [[20, "langsmith.metadata.", { map: true }]],
		promptName: [[50, "langsmith.metadata.lc_hub_repo"]],
		promptVersion: [[70, "langsmith.metadata.lc_hub_commit_hash"]],
	},
};
