import type { Dialect, Evidence } from "@/lib/genai/dialect";
import { DIALECTS } from "@/lib/genai/dialects";

/** Libraries that Traceloop instruments, under scopes that OpenTelemetry's own instrumentations share the form of. */
const TRACELOOP_SCOPE =
	/^opentelemetry\.instrumentation\.(agno|alephalpha|anthropic|bedrock|chromadb|cohere|crewai|google_generativeai|groq|haystack|lancedb|langchain|llamaindex|marqo|mcp|milvus|mistralai|ollama|openai|pinecone|qdrant|replicate|sagemaker|together|transformers|vertexai|voyageai|watsonx|weaviate|writer)(\.v1)?$/;

/** The conventions that frameworks write beside their own. */
const GENERAL = DIALECTS.findIndex(({ name }) => name === "otel-genai");

const byScope = new Map<string, Dialect | null>();
const SCOPES_MAX = 1000;

/** The name of the convention a span follows: by its scope when that is one of a kind, else by the keys it bears. */
export function detectConvention(evidence: Evidence): string {
	const scope = evidence.span.scope.name;
	const known = scopeDialect(scope);
	if (known) return known.name;
	// A key that is nobody else's weighs more than a word under a key that all use.
	const owned = evidence.markedBy < GENERAL ? evidence.markedBy : saidBy(evidence);
	const name = DIALECTS[Math.min(owned, evidence.markedBy)]?.name ?? "other";
	const unclaimed = name === "otel-genai" || name === "other";
	return unclaimed && TRACELOOP_SCOPE.test(scope) ? "traceloop" : name;
}

/** What betrays a dialect, in the order of dialects: the span's name where no key is given, else the key's value. */
const TELLTALES = DIALECTS.flatMap(
	({ spanName, words = [] }, order): { order: number; key: string | null; value: RegExp }[] => [
		...(spanName ? [{ order, key: null, value: spanName }] : []),
		...words.map(([key, value]) => ({ order, key, value })),
	],
);

/** Place of the first dialect that the span's name or one of its values betrays; infinite for none. */
function saidBy(evidence: Evidence): number {
	for (const { order, key, value } of TELLTALES) {
		if (value.test(key === null ? evidence.span.name : (evidence.text(key) ?? ""))) return order;
	}
	return Number.POSITIVE_INFINITY;
}

function scopeDialect(scope: string): Dialect | null {
	if (scope === "") return null;
	let found = byScope.get(scope);
	if (found === undefined) {
		found = DIALECTS.find((dialect) => dialect.scope?.test(scope)) ?? null;
		// Senders choose the names; the cache must not grow with them.
		if (byScope.size < SCOPES_MAX) byScope.set(scope, found);
	}
	return found;
}
