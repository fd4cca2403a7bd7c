import type { Dialect } from "@/lib/genai/dialect";

/** OpenInference (Phoenix, Arize). Its `input.value` and `output.value` are among the plain keys already. */
export const openinference: Dialect = {
	name: "openinference",
	kind: [
		{
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
	provider: ["llm.provider", "llm.system"],
	requestModel: ["llm.model_name"],
	inputTokens: ["llm.token_count.prompt"],
	outputTokens: ["llm.token_count.completion"],
	sessionId: ["session.id"],
	userId: ["user.id"],
};
