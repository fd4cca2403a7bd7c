import type { Dialect } from "@/lib/genai/dialect";

/** OpenTelemetry's generative AI conventions, present and former names. */
export const otelGenai: Dialect = {
	name: "otel-genai",
	kind: [
		{
			key: "gen_ai.operation.name",
			values: {
				CHAT: "llm",
				TEXT_COMPLETION: "llm",
				GENERATE_CONTENT: "llm",
				EMBEDDINGS: "embedding",
				RETRIEVAL: "retrieval",
				EXECUTE_TOOL: "tool",
				INVOKE_AGENT: "agent",
				CREATE_AGENT: "agent",
				INVOKE_WORKFLOW: "chain",
			},
		},
	],
	provider: ["gen_ai.provider.name", "gen_ai.system"],
	requestModel: ["gen_ai.request.model"],
	responseModel: ["gen_ai.response.model"],
	input: ["gen_ai.input.messages", "gen_ai.tool.call.arguments", "gen_ai.retrieval.query.text"],
	output: ["gen_ai.output.messages", "gen_ai.tool.call.result", "gen_ai.retrieval.documents"],
	inputTokens: ["gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"],
	outputTokens: ["gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"],
	sessionId: ["gen_ai.conversation.id"],
};
