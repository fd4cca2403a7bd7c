import type { Dialect } from "@/lib/genai/dialect";

/** Dify workflows: OpenInference values of the node beside OpenTelemetry messages of its model call. */
export const dify: Dialect = {
	name: "dify",
	scope: /^dify/,
	words: [["gen_ai.framework", /^dify$/]],
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
		ttft: [
			[
				70,
				"gen_ai.user.time_to_first_token",
				{ read: (value) => (typeof value === "object" ? null : Number(value) / 1e6) },
			],
		],
	},
};
