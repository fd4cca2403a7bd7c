import type { Dialect, Evidence } from "@/lib/genai/dialect";

/** OpenInference (Phoenix, Arize). Source: openinference spec, "Semantic Conventions". */
export const openinference: Dialect = {
	name: "openinference",
	scope: /^(openinference\.instrumentation|@arizeai\/)/,
	marks: ["openinference.span.kind"],
	kind: [
		{
			place: 30,
			key: "openinference.span.kind",
			values: {
				LLM: "llm",
				EMBEDDING: "embedding",
				CHAIN: "chain",
				RETRIEVER: "retrieval",
				RERANKER: "reranker",
				TOOL: "tool",
				AGENT: "agent",
				GUARDRAIL: "guardrail",
				EVALUATOR: "evaluator",
				PROMPT: "prompt",
			},
		},
	],
	fields: {
		provider: [
			[30, "llm.provider"],
			[70, "llm.system"],
		],
		requestModel: [
			[30, "llm.request.model_name"],
			[50, "llm.model_name"],
			[60, "embedding.model_name"],
			[70, "reranker.model_name"],
			[140, "llm.invocation_parameters", { path: ["model"] }],
		],
		responseModel: [[20, "llm.response.model_name"]],
		input: [[20, "input.value"]],
		output: [[20, "output.value"]],
		inputMessages: [
			[30, "llm.input_messages", { numbered: "openinference" }],
			[140, "llm.prompts", { numbered: "openinference" }],
		],
		outputMessages: [
			[30, "llm.output_messages", { numbered: "openinference" }],
			[140, "llm.choices", { numbered: "openinference" }],
		],
		// Some instrumentations leave the system prompt and the tools in the recorded request alone.
		systemInstructions: [[50, "input.value", { path: ["system"], when: isModelCall }]],
		toolDefinitions: [
			[40, "llm.tools", { numbered: "openinference" }],
			[98, "input.value", { path: ["tools"] }],
		],
		toolName: [[20, "tool.name"]],
		toolCallId: [
			[30, "tool.id"],
			[80, "tool_call.id"],
		],
		toolArguments: [
			[100, "input.value"],
			// The schema in some versions, the arguments in others.
			[150, "tool.parameters"],
		],
		toolResult: [[100, "output.value"]],
		query: [
			[40, "reranker.query"],
			[60, "input.value"],
		],
		documents: [
			[10, "retrieval.documents", { numbered: "openinference" }],
			[20, "reranker.output_documents", { numbered: "openinference" }],
			[70, "output.value"],
		],
		embeddedTexts: [
			[10, "embedding.embeddings", { numbered: "openinference" }],
			[30, "input.value"],
		],
		"usage.input": [[30, "llm.token_count.prompt"]],
		"usage.output": [[30, "llm.token_count.completion"]],
		"usage.cache_read": [
			[60, "llm.token_count.prompt_details.cache_read"],
			[61, "llm.token_count.prompt_details.cache_input"],
		],
		"usage.cache_creation": [[70, "llm.token_count.prompt_details.cache_write"]],
		"usage.reasoning": [[40, "llm.token_count.completion_details.reasoning"]],
		"usage.audio_input": [[70, "llm.token_count.prompt_details.audio"]],
		"usage.audio_output": [[70, "llm.token_count.completion_details.audio"]],
		"usage.total": [[30, "llm.token_count.total"]],
		cost: [[30, "llm.cost.total"]],
		sessionId: [[20, "session.id"]],
		userId: [
			[20, "user.id"],
			[140, "llm.user"],
		],
		tags: [[20, "tag.tags"]],
		finishReason: [[40, "llm.finish_reason"]],
		// Claude Code counts the turns of a conversation there.
		promptName: [[40, "prompt.id", { when: ({ convention }) => convention !== "claude-code" }]],
		promptVersion: [[50, "llm.prompt_template.version"]],
		promptTemplate: [[10, "llm.prompt_template.template"]],
	},
};

function isModelCall(evidence: Evidence): boolean {
	return evidence.text("openinference.span.kind")?.toUpperCase() === "LLM";
}
