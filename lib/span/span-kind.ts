/** What a span is to an LLM application; `span` when nothing is known. */
export const SPAN_KINDS = [
	"llm",
	"embedding",
	"retrieval",
	"reranker",
	"tool",
	"agent",
	"chain",
	"guardrail",
	"evaluator",
	"prompt",
	"span",
] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];
