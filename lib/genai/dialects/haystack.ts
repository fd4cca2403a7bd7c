import type { Dialect, Evidence } from "@/lib/genai/dialect";
import type { SpanKind } from "@/lib/span/span";

const OUTPUT = "haystack.component.output";
const META = ["replies", 0, "meta"] as const;
// Generators that answer in text keep what is known beside the replies.
const TEXT_META = ["meta", 0] as const;

const COMPONENTS: readonly (readonly [RegExp, SpanKind])[] = [
	[/Generator$/, "llm"],
	[/Retriever$/, "retrieval"],
	[/Ranker$/, "reranker"],
	[/Embedder$/, "embedding"],
	[/ToolInvoker$/, "tool"],
	[/Agent$/, "agent"],
];

/** Haystack pipelines; content only when the sender enables it. Source: haystack/tracing. */
export const haystack: Dialect = {
	name: "haystack",
	scope: /^haystack$/,
	marks: ["haystack."],
	kind: [{ place: 160, read: haystackKind }],
	fields: {
		displayName: [[60, "haystack.component.name"]],
		requestModel: [
			[130, OUTPUT, { path: [...META, "model"] }],
			[131, OUTPUT, { path: [...TEXT_META, "model"] }],
		],
		input: [
			[181, "haystack.component.input"],
			[182, "haystack.pipeline.input_data"],
			[183, "haystack.agent.input"],
		],
		output: [
			[181, OUTPUT],
			[182, "haystack.pipeline.output_data"],
			[183, "haystack.agent.output"],
		],
		inputMessages: [
			[103, "haystack.component.input"],
			[109, "haystack.agent.input"],
		],
		outputMessages: [
			[103, OUTPUT],
			[109, "haystack.agent.output"],
		],
		toolArguments: [[132, "haystack.component.input"]],
		toolResult: [[132, OUTPUT]],
		query: [[120, "haystack.component.input"]],
		documents: [[120, OUTPUT]],
		embeddedTexts: [[70, "haystack.component.input"]],
		"usage.input": [
			[1060, OUTPUT, { path: [...META, "usage", "prompt_tokens"] }],
			[1061, OUTPUT, { path: [...META, "usage", "input_tokens"] }],
			[1062, OUTPUT, { path: [...TEXT_META, "usage", "prompt_tokens"] }],
			[1063, OUTPUT, { path: ["meta", "usage", "prompt_tokens"] }],
		],
		"usage.output": [
			[1060, OUTPUT, { path: [...META, "usage", "completion_tokens"] }],
			[1061, OUTPUT, { path: [...META, "usage", "output_tokens"] }],
			[1062, OUTPUT, { path: [...TEXT_META, "usage", "completion_tokens"] }],
		],
		"usage.total": [
			[1060, OUTPUT, { path: [...META, "usage", "total_tokens"] }],
			[1062, OUTPUT, { path: [...TEXT_META, "usage", "total_tokens"] }],
			[1063, OUTPUT, { path: ["meta", "usage", "total_tokens"] }],
		],
		"usage.cache_read": [[1060, OUTPUT, { path: [...META, "usage", "prompt_tokens_details", "cached_tokens"] }]],
		"usage.reasoning": [[1060, OUTPUT, { path: [...META, "usage", "completion_tokens_details", "reasoning_tokens"] }]],
		finishReason: [
			[70, OUTPUT, { path: [...META, "finish_reason"] }],
			[71, OUTPUT, { path: [...TEXT_META, "finish_reason"] }],
		],
	},
};

function haystackKind(evidence: Evidence): SpanKind | null {
	const { name } = evidence.span;
	if (!name.startsWith("haystack.")) return null;
	if (name.startsWith("haystack.agent")) return "agent";
	const type = evidence.text("haystack.component.type");
	if (type === undefined) return "chain";
	return COMPONENTS.find(([pattern]) => pattern.test(type))?.[1] ?? "chain";
}
