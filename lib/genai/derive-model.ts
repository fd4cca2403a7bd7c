import { scalarText } from "@/lib/genai/derive-context";
import type { Evidence, Found } from "@/lib/genai/dialect";
import { isSameModel, normaliseModel } from "@/lib/genai/model-name";
import { normaliseProvider, providerOfHost, providerOfModel } from "@/lib/genai/provider";
import type { SpanKind } from "@/lib/span/span";

/** Kinds whose model something in between may choose. */
const ROUTED = new Set<SpanKind>(["llm", "embedding", "reranker"]);

export interface DerivedModel {
	provider: Found<string> | null;
	requestModel: Found<string> | null;
	responseModel: Found<string> | null;
	routingAlias: Found<string> | null;
	servedModel: Found<string> | null;
}

/**
 * Which model was asked, which one answered, and whose it is. A provider that nobody names is told by the host that
 * was called, then by the model's family; the provenance says when it is inferred.
 */
export function deriveModel(evidence: Evidence, kind: SpanKind): DerivedModel {
	const model = (value: unknown) => (typeof value === "string" ? normaliseModel(value) : null);
	const responseModel = evidence.firstOf("responseModel", model);
	const requestModel = evidence.firstOf("requestModel", model) ?? responseModel;
	const servedModel = evidence.firstOf("servedModel", scalarText);
	return {
		servedModel,
		provider: deriveProvider(evidence, kind, requestModel?.value ?? null),
		requestModel,
		responseModel,
		routingAlias:
			evidence.firstOf("routingAlias", scalarText) ??
			(ROUTED.has(kind) && requestModel ? routed(requestModel, servedModel, responseModel) : null),
	};
}

function deriveProvider(evidence: Evidence, kind: SpanKind, model: string | null): Found<string> | null {
	const named = evidence.firstOf("provider", (value) => (typeof value === "string" ? normaliseProvider(value) : null));
	// A host or a model on a span that is nothing to a model call says nothing of who answers.
	if (named || kind === "span" || kind === "tool") return named;
	const host = evidence.firstOf("providerHost", (value) => (typeof value === "string" ? providerOfHost(value) : null));
	if (host) return host;
	const family = model && providerOfModel(model);
	return family ? { value: family, from: "inferred from the model" } : null;
}

function routed(
	asked: Found<string>,
	served: Found<string> | null,
	answered: Found<string> | null,
): Found<string> | null {
	const other = served ? served.value.slice(served.value.indexOf("/") + 1) : answered?.value;
	return other !== undefined && other !== asked.value && !isSameModel(asked.value, other) ? asked : null;
}
