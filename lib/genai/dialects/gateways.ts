import type { Dialect } from "@/lib/genai/dialect";

/** OpenLIT: OpenTelemetry names, content in span events or in the former attributes. */
export const openlit: Dialect = { name: "openlit", scope: /^openlit/ };

/** Dify workflows: OpenInference values of the node beside OpenTelemetry messages of its model call. */
export const dify: Dialect = {
	name: "dify",
	scope: /^dify/,
	kind: [
		{
			place: 150,
			key: "gen_ai.span.kind",
			values: {
				LLM: "llm",
				RETRIEVER: "retrieval",
				TOOL: "tool",
				TASK: "chain",
				CHAIN: "chain",
				AGENT: "agent",
				EMBEDDING: "embedding",
				RERANKER: "reranker",
			},
		},
	],
	fields: {
		query: [[30, "retrieval.query"]],
		documents: [[40, "retrieval.document"]],
		ttft: [[70, "gen_ai.user.time_to_first_token", { read: (value) => Number(value) / 1e6 }]],
	},
};

/** OpenRouter's broadcast. Source: OpenRouter, "Broadcast to OpenTelemetry". */
export const openrouter: Dialect = { name: "openrouter", scope: /^openrouter/ };
