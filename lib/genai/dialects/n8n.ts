import type { Dialect, Evidence } from "@/lib/genai/dialect";
import type { SpanKind } from "@/lib/span/span";

const NODES: readonly (readonly [RegExp, SpanKind])[] = [
	[/langchain\.agent/i, "agent"],
	[/langchain\.lm/i, "llm"],
	[/langchain\.embeddings/i, "embedding"],
	[/langchain\.tool/i, "tool"],
	[/langchain\.(vectorStore|retriever)/i, "retrieval"],
];

/** n8n workflows: nodes by their type, no content. Source: n8n, modules/otel. */
export const n8n: Dialect = {
	name: "n8n",
	scope: /^n8n-otel$/,
	marks: ["n8n."],
	kind: [{ place: 170, read: n8nKind }],
	fields: {
		displayName: [[50, "n8n.node.name"]],
		failure: [[90, "n8n.execution.status", { read: (value) => value === "error" || value === "crashed" || null }]],
		errorType: [[30, "n8n.execution.error_type"]],
	},
};

function n8nKind(evidence: Evidence): SpanKind | null {
	if (evidence.convention !== "n8n") return null;
	const type = evidence.text("n8n.node.type") ?? "";
	return NODES.find(([pattern]) => pattern.test(type))?.[1] ?? "chain";
}
