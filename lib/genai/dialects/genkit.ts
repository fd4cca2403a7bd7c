import { scalarText } from "@/lib/genai/derive-context";
import type { Dialect } from "@/lib/genai/dialect";

const OUTPUT = "genkit:output";

/** Firebase Genkit. Its output counts may leave thoughts out. Source: genkit, tracing. */
export const genkit: Dialect = {
	name: "genkit",
	scope: /^genkit-tracer$/,
	marks: ["genkit:"],
	kind: [
		{
			place: 110,
			key: "genkit:metadata:subtype",
			values: {
				MODEL: "llm",
				TOOL: "tool",
				FLOW: "chain",
				UTIL: "chain",
				EMBEDDER: "embedding",
				RETRIEVER: "retrieval",
				RERANKER: "reranker",
				EVALUATOR: "evaluator",
				PROMPT: "prompt",
			},
		},
		{ place: 111, key: "genkit:type", values: { UTIL: "chain", FLOW: "chain" } },
	],
	fields: {
		displayName: [[40, "genkit:name"]],
		requestModel: [
			[
				120,
				"genkit:name",
				{
					when: (evidence) => /^(model|embedder)$/.test(evidence.text("genkit:metadata:subtype") ?? ""),
					read: (value) => scalarText(value)?.split("/").slice(1).join("/") || value,
				},
			],
		],
		provider: [
			[
				90,
				"genkit:name",
				{
					when: (evidence) => /^(model|embedder)$/.test(evidence.text("genkit:metadata:subtype") ?? ""),
					read: (value) => scalarText(value)?.match(/^([^/]*)\//)?.[1] ?? null,
				},
			],
		],
		input: [[150, "genkit:input"]],
		output: [[150, OUTPUT]],
		inputMessages: [[100, "genkit:input"]],
		outputMessages: [[100, OUTPUT]],
		toolDefinitions: [[70, "genkit:input", { path: ["tools"] }]],
		toolName: [[80, "genkit:name"]],
		toolArguments: [[134, "genkit:input"]],
		toolResult: [[134, OUTPUT]],
		query: [[140, "genkit:input"]],
		documents: [[140, OUTPUT]],
		embeddedTexts: [[90, "genkit:input"]],
		"usage.input": [[1030, OUTPUT, { path: ["usage", "inputTokens"] }]],
		"usage.output": [[1030, OUTPUT, { path: ["usage", "outputTokens"] }]],
		"usage.total": [[1030, OUTPUT, { path: ["usage", "totalTokens"] }]],
		"usage.cache_read": [[1030, OUTPUT, { path: ["usage", "cachedContentTokens"] }]],
		"usage.reasoning": [[1030, OUTPUT, { path: ["usage", "thoughtsTokens"] }]],
		sessionId: [[130, "genkit:sessionId"]],
		failure: [[80, "genkit:state", { read: (value) => value === "error" || null }]],
		finishReason: [[75, OUTPUT, { path: ["finishReason"] }]],
		traceRoot: [[20, "genkit:isRoot", { read: (value) => value === true || value === "true" || null }]],
	},
};
