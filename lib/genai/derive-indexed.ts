import { type FoundFields, findIndexed } from "@/lib/genai/find-indexed";
import { gatherEvidence } from "@/lib/genai/gather-evidence";
import type { DerivedFields } from "@/lib/span/derived-fields";
import type { LogRecord } from "@/lib/span/log-record";
import type { IndexedFields, ReportedSpan } from "@/lib/span/span";

/** What is indexed of a span, and what else its price depends on. */
export type StoredMeaning = IndexedFields &
	Pick<DerivedFields, "servedModel" | "cacheCreation1h" | "reportedCostUsd" | "serviceTier">;

/**
 * The part of `derive()` that is stored with a span and that prices it, at half its cost: messages are read only as far
 * as that needs, tools, documents and provenance not at all. Pure; every field is what `derive()` says it is.
 */
export function deriveIndexed(span: ReportedSpan, logs: readonly LogRecord[] = []): StoredMeaning {
	const evidence = gatherEvidence(span, logs);
	return indexedFields(findIndexed(evidence), evidence.convention, span.name);
}

function indexedFields(found: FoundFields, convention: string, name: string): StoredMeaning {
	const { model, input, output } = found;
	return {
		convention,
		kind: found.kind.value,
		displayName: found.displayName?.value ?? name,
		provider: model.provider?.value ?? null,
		requestModel: model.requestModel?.value ?? null,
		responseModel: model.responseModel?.value ?? null,
		input: input?.value ?? null,
		output: output?.value ?? null,
		inputFrom: input?.from ?? null,
		outputFrom: output?.from ?? null,
		inputText: found.inputText?.value ?? null,
		outputText: found.outputText?.value ?? null,
		toolName: found.tool?.name?.value ?? null,
		usage: found.usage?.usage ?? null,
		aggregateUsage: found.aggregateUsage?.usage ?? null,
		cacheCreation1h: found.usage?.cacheCreation1h ?? null,
		reportedCostUsd: found.reportedCostUsd?.value ?? null,
		aggregateCostUsd: found.aggregateCostUsd?.value ?? null,
		serviceTier: found.serviceTier?.value.toLowerCase() ?? null,
		ttftMs: found.ttftMs?.value ?? null,
		sessionId: found.sessionId?.value ?? null,
		userId: found.userId?.value ?? null,
		tags: found.tags?.value ?? null,
		metadata: found.metadata?.value ?? null,
		environment: found.environment?.value ?? null,
		release: found.release?.value ?? null,
		agentName: found.agentName?.value ?? null,
		status: found.outcome.status.value,
		errorType: found.outcome.errorType?.value ?? null,
		finishReason: found.finishReason?.value ?? null,
		promptName: found.promptName?.value ?? null,
		promptVersion: found.promptVersion?.value ?? null,
		servedModel: model.servedModel?.value ?? null,
		routingAlias: model.routingAlias?.value ?? null,
		trace: found.trace,
	};
}
