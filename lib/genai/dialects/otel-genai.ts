import type { Dialect } from "@/lib/genai/dialect";

const seconds = { read: (value: unknown) => milliseconds(value, 1000) };

/** The usage object of the response, as it came. */
const RAW = "gen_ai.usage.raw";

/** OpenTelemetry's generative AI conventions, present and former names. Source: semantic-conventions-genai. */
export const otelGenai: Dialect = {
	name: "otel-genai",
	marks: ["gen_ai."],
	kind: [
		{
			place: 100,
			key: "gen_ai.operation.name",
			values: {
				CHAT: "llm",
				"CHAT.COMPLETIONS": "llm",
				COMPLETION: "llm",
				TEXT_COMPLETION: "llm",
				GENERATE_CONTENT: "llm",
				GENERATE: "llm",
				LLM_CALL: "llm",
				EMBEDDINGS: "embedding",
				EMBEDDING: "embedding",
				RAG_EMBEDDING: "embedding",
				RETRIEVAL: "retrieval",
				SEARCH_MEMORY: "retrieval",
				RERANK: "reranker",
				EXECUTE_TOOL: "tool",
				TOOL_CALL: "tool",
				INVOKE_AGENT: "agent",
				CREATE_AGENT: "agent",
				AGENT_CALL: "agent",
				PLAN: "agent",
				INVOKE_WORKFLOW: "chain",
				HANDLE_CONVERSATION_TURN: "chain",
				AGENT_STEP: "chain",
				EXECUTE_TASK: "chain",
				EXECUTE_EVENT_LOOP_CYCLE: "chain",
				FRAMEWORK: "chain",
				USER_PROMPT: "chain",
				SYSTEM_PROMPT: "chain",
				SCHEDULE_TOOL_CALLS: "chain",
				CREATE_MEMORY: "chain",
				UPDATE_MEMORY: "chain",
				UPSERT_MEMORY: "chain",
				DELETE_MEMORY: "chain",
				CREATE_MEMORY_STORE: "chain",
				DELETE_MEMORY_STORE: "chain",
				"GUARDRAIL.RUN": "guardrail",
				GUARD: "guardrail",
				JUDGE: "evaluator",
				EVALUATE: "evaluator",
			},
		},
	],
	fields: {
		provider: [
			[20, "gen_ai.provider.name"],
			[40, "gen_ai.system"],
		],
		providerHost: [
			[10, "server.address"],
			[20, "gen_ai.openai.api_base"],
		],
		requestModel: [[20, "gen_ai.request.model"]],
		responseModel: [[10, "gen_ai.response.model"]],
		input: [
			[30, "gen_ai.prompt"],
			[70, "gen_ai.input.messages"],
			[80, "gen_ai.tool.call.arguments"],
			[90, "gen_ai.retrieval.query.text"],
		],
		output: [
			[30, "gen_ai.completion"],
			[70, "gen_ai.output.messages"],
			[80, "gen_ai.tool.call.result"],
			[90, "gen_ai.retrieval.documents"],
			[260, "gen_ai.guardrail.triggered"],
		],
		systemInstructions: [[10, "gen_ai.system_instructions"]],
		inputMessages: [[20, "gen_ai.input.messages"]],
		outputMessages: [[20, "gen_ai.output.messages"]],
		toolDefinitions: [
			[10, "gen_ai.tool.definitions"],
			[100, "gen_ai.agent.tools"],
		],
		toolName: [[10, "gen_ai.tool.name"]],
		toolCallId: [[10, "gen_ai.tool.call.id"]],
		toolArguments: [
			[20, "gen_ai.tool.call.arguments"],
			[110, "gen_ai.prompt"],
			[140, "gen_ai.input.messages"],
		],
		toolResult: [
			[20, "gen_ai.tool.call.result"],
			[110, "gen_ai.completion"],
			[140, "gen_ai.output.messages"],
		],
		query: [
			[20, "gen_ai.retrieval.query.text"],
			[70, "gen_ai.prompt"],
		],
		documents: [
			[30, "gen_ai.retrieval.documents"],
			[80, "gen_ai.completion"],
		],
		embeddedTexts: [
			[15, "gen_ai.input.messages"],
			[40, "gen_ai.prompt"],
		],
		"usage.input": [
			[10, "gen_ai.usage.input_tokens"],
			[20, "gen_ai.usage.prompt_tokens"],
			[1080, RAW, { path: ["prompt_tokens"] }],
			[1081, RAW, { path: ["input_tokens"] }],
		],
		"usage.output": [
			[10, "gen_ai.usage.output_tokens"],
			[20, "gen_ai.usage.completion_tokens"],
			[1080, RAW, { path: ["completion_tokens"] }],
			[1081, RAW, { path: ["output_tokens"] }],
		],
		"usage.cache_read": [
			[10, "gen_ai.usage.cache_read.input_tokens"],
			[20, "gen_ai.usage.cache_read_input_tokens"],
			[30, "gen_ai.usage.cached_input_tokens"],
			[35, "gen_ai.usage.input_tokens.cached"],
			[110, "gen_ai.usage.input_token_details", { path: ["cache_read"] }],
			[120, "gen_ai.usage.raw.prompt_tokens_details.cached_tokens"],
			[1080, RAW, { path: ["prompt_tokens_details", "cached_tokens"] }],
			[1081, RAW, { path: ["input_tokens_details", "cached_tokens"] }],
			[1082, RAW, { path: ["cache_read_input_tokens"] }],
		],
		"usage.cache_creation": [
			[10, "gen_ai.usage.cache_write.input_tokens"],
			[20, "gen_ai.usage.cache_creation.input_tokens"],
			[30, "gen_ai.usage.cache_creation_input_tokens"],
			[50, "gen_ai.usage.cache_write_tokens"],
			[110, "gen_ai.usage.input_token_details", { path: ["cache_creation"] }],
			[1082, RAW, { path: ["cache_creation_input_tokens"] }],
		],
		"usage.reasoning": [
			[10, "gen_ai.usage.reasoning.output_tokens"],
			[20, "gen_ai.usage.reasoning_tokens"],
			[110, "gen_ai.usage.output_token_details", { path: ["reasoning"] }],
			[1080, RAW, { path: ["completion_tokens_details", "reasoning_tokens"] }],
			[1081, RAW, { path: ["output_tokens_details", "reasoning_tokens"] }],
		],
		"usage.audio_input": [
			[10, "gen_ai.usage.audio.input_tokens"],
			[50, "gen_ai.usage.audio_input_tokens"],
			[110, "gen_ai.usage.input_token_details", { path: ["audio"] }],
		],
		"usage.audio_output": [
			[10, "gen_ai.usage.audio.output_tokens"],
			[50, "gen_ai.usage.audio_output_tokens"],
			[110, "gen_ai.usage.output_token_details", { path: ["audio"] }],
		],
		"usage.total": [
			[10, "gen_ai.usage.total_tokens"],
			[1080, RAW, { path: ["total_tokens"] }],
		],
		"aggregate.input": [[10, "gen_ai.aggregated_usage.input_tokens"]],
		"aggregate.output": [[10, "gen_ai.aggregated_usage.output_tokens"]],
		"aggregate.total": [[10, "gen_ai.aggregated_usage.total_tokens"]],
		cost: [
			[40, "gen_ai.cost.total_cost"],
			[50, "gen_ai.usage.cost"],
			[70, "gen_ai.usage.total_cost"],
		],
		ttft: [
			[10, "gen_ai.response.time_to_first_chunk", seconds],
			[20, "gen_ai.client.operation.time_to_first_chunk", seconds],
			[
				60,
				"gen_ai.server.time_to_first_token",
				// Strands writes milliseconds under a name that means seconds.
				{ read: (value, { convention }) => milliseconds(value, convention === "strands" ? 1 : 1000) },
			],
		],
		sessionId: [[40, "gen_ai.conversation.id"]],
		userId: [
			[40, "enduser.id"],
			[50, "gen_ai.user.id"],
			[120, "gen_ai.user"],
			[130, "gen_ai.request.user"],
		],
		metadata: [[100, "gen_ai.prompt.variable.", { map: true }]],
		environment: [[50, "gen_ai.environment"]],
		agentName: [[10, "gen_ai.agent.name"]],
		failure: [[10, "error.type", { read: () => true }]],
		errorType: [[10, "error.type"]],
		errorMessage: [[10, "error.message"]],
		finishReason: [
			[10, "gen_ai.response.finish_reasons"],
			[20, "gen_ai.response.finish_reason"],
		],
		// Gemini CLI keeps the id of a prompt there, which names no template.
		promptName: [[70, "gen_ai.prompt.name", { when: ({ convention }) => convention !== "gemini-cli" }]],
		promptVersion: [[20, "gen_ai.prompt.version"]],
		promptTemplate: [[30, "gen_ai.prompt.template"]],
		serviceTier: [
			[10, "gen_ai.response.service_tier"],
			[20, "openai.response.service_tier"],
			[30, "anthropic.response.service_tier"],
			[35, "gen_ai.openai.response.service_tier"],
			[40, "gen_ai.request.service_tier"],
			[50, "openai.request.service_tier"],
			[60, "anthropic.request.service_tier"],
			[65, "gen_ai.openai.request.service_tier"],
			[70, "gen_ai.request.batch", { read: (value) => (value === true || value === "true" ? "batch" : null) }],
		],
		workflowName: [[10, "gen_ai.workflow.name"]],
		"evaluation.name": [[10, "gen_ai.evaluation.name"]],
		"evaluation.score": [
			[10, "gen_ai.evaluation.score.value"],
			[20, "gen_ai.evaluation.score"],
		],
		"evaluation.label": [[10, "gen_ai.evaluation.score.label"]],
		"evaluation.explanation": [[10, "gen_ai.evaluation.explanation"]],
	},
};

function milliseconds(value: unknown, factor: number): number | null {
	const number = typeof value === "string" ? Number(value) : value;
	// A float's tail would show: 0.312 s is 312 ms.
	return typeof number === "number" && Number.isFinite(number) ? Math.round(number * factor * 1e6) / 1e6 : null;
}
