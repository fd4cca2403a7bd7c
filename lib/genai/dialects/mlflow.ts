import type { Dialect } from "@/lib/genai/dialect";

const USAGE = "mlflow.chat.tokenUsage";

/** MLflow tracing, which writes every attribute of its own as JSON. Source: mlflow/tracing/constant.py. */
export const mlflow: Dialect = {
	name: "mlflow",
	scope: /^mlflow(\.|$)/,
	marks: ["mlflow.spanType"],
	kind: [
		{
			place: 50,
			key: "mlflow.spanType",
			unquote: true,
			values: {
				LLM: "llm",
				CHAT_MODEL: "llm",
				RETRIEVER: "retrieval",
				RERANKER: "reranker",
				EMBEDDING: "embedding",
				TOOL: "tool",
				AGENT: "agent",
				CHAIN: "chain",
				PARSER: "chain",
				WORKFLOW: "chain",
				TASK: "chain",
				MEMORY: "retrieval",
				GUARDRAIL: "guardrail",
				EVALUATOR: "evaluator",
			},
		},
	],
	fields: {
		provider: [[50, "mlflow.llm.provider", { path: [] }]],
		requestModel: [[80, "mlflow.llm.model", { path: [] }]],
		input: [[140, "mlflow.spanInputs"]],
		output: [[140, "mlflow.spanOutputs"]],
		inputMessages: [[102, "mlflow.spanInputs"]],
		outputMessages: [[102, "mlflow.spanOutputs"]],
		toolDefinitions: [
			[20, "mlflow.chat.tools"],
			[96, "mlflow.spanInputs", { path: ["tools"] }],
		],
		toolArguments: [[131, "mlflow.spanInputs"]],
		toolResult: [[131, "mlflow.spanOutputs"]],
		query: [[110, "mlflow.spanInputs"]],
		documents: [[110, "mlflow.spanOutputs"]],
		embeddedTexts: [[60, "mlflow.spanInputs"]],
		"usage.input": [[1010, USAGE, { path: ["input_tokens"] }]],
		"usage.output": [[1010, USAGE, { path: ["output_tokens"] }]],
		"usage.total": [[1010, USAGE, { path: ["total_tokens"] }]],
		"usage.cache_read": [[1010, USAGE, { path: ["cache_read_input_tokens"] }]],
		"usage.cache_creation": [[1010, USAGE, { path: ["cache_creation_input_tokens"] }]],
		cost: [[90, "mlflow.llm.cost", { path: ["total_cost"] }]],
		sessionId: [[140, "mlflow.trace.session", { path: [] }]],
		userId: [[160, "mlflow.trace.user", { path: [] }]],
		promptName: [[80, "mlflow.linkedPrompts", { path: [0, "name"] }]],
		promptVersion: [[80, "mlflow.linkedPrompts", { path: [0, "version"] }]],
		traceName: [[30, "mlflow.traceName", { path: [] }]],
		traceMetadata: [[20, "mlflow.traceTag.", { map: true }]],
	},
};
