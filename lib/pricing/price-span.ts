import { findOverride } from "@/lib/pricing/find-override";
import {
	type Call,
	type Computed,
	isAmount,
	listPrice,
	momentOf,
	short,
	type TokenCounts,
} from "@/lib/pricing/list-price";
import type { PriceOverride } from "@/lib/pricing/price-override";
import { priceSearch } from "@/lib/pricing/price-search";
import { roundUsd } from "@/lib/pricing/round-usd";
import { tierFactor } from "@/lib/pricing/tier-factor";
import type { Cost, DerivedFields } from "@/lib/span/derived-fields";
import type { SpanKind } from "@/lib/span/span";
import type { Usage } from "@/lib/span/usage";

/** What the cost of a span depends on. */
export type PricedFacts = Pick<
	DerivedFields,
	| "kind"
	| "provider"
	| "requestModel"
	| "responseModel"
	| "servedModel"
	| "routingAlias"
	| "usage"
	| "cacheCreation1h"
	| "reportedCostUsd"
	| "serviceTier"
> & {
	/** Host (or URL) that was called: tells the provider when nothing else does. */
	serverAddress: string | null;
	/** Prices are those of this moment; null means now. */
	startTimeUnixNano: bigint | null;
};

const NOTHING: Cost = {
	costUsd: null,
	costInput: null,
	costOutput: null,
	costSource: null,
	priceVersion: null,
	costNote: null,
};

/** Kinds that call a model themselves; those without an answer in tokens are paid by what they read. */
const PRICED_KINDS: Partial<Record<SpanKind, { answers: boolean }>> = {
	llm: { answers: true },
	embedding: { answers: false },
	reranker: { answers: false },
};

/**
 * What a span's own model call cost in US dollars, to 12 decimals. Pure but for the clock, which stands in for an unknown
 * start; never throws.
 *
 * Sources in order: what the sender reported, the project's override, the bundled genai-prices list. (LiteLLM's list would
 * be the next; no copy of it is kept here.) A reported 0 yields to a computed price when tokens were used: gateways report
 * 0 for models they have no price of. Parts of the cost are computed ones and add up to a computed total only, so they
 * are null beside a reported one.
 *
 * Only llm, embedding and reranker spans are computed: others repeat what the calls below them cost. What cannot be
 * computed is null, with the reason in `costNote`. Batch, flex and priority tiers multiply the standard price, also an
 * override's.
 */
export function priceSpan(facts: PricedFacts, overrides: readonly PriceOverride[] = [], now?: Date): Cost {
	const reported = isAmount(facts.reportedCostUsd) ? facts.reportedCostUsd : null;
	if (reported !== null && reported > 0) return reportedCost(reported);
	const computed = computeCost(facts, overrides, now);
	if (reported === 0 && (computed.costUsd === null || !hasTokens(facts.usage))) return reportedCost(0);
	return computed;
}

function reportedCost(costUsd: number): Cost {
	return { ...NOTHING, costUsd: roundUsd(costUsd), costSource: "reported" };
}

function computeCost(facts: PricedFacts, overrides: readonly PriceOverride[], now: Date | undefined): Cost {
	const kind = PRICED_KINDS[facts.kind];
	if (!kind) return NOTHING;
	const model = facts.responseModel ?? facts.requestModel ?? facts.routingAlias;
	if (model === null) return unpriced("no model");
	const usage = tokenCounts(facts.usage, kind.answers);
	if (typeof usage === "string") return unpriced(usage);
	const call = { usage, startTimeUnixNano: facts.startTimeUnixNano, now };
	let computed = priceCall(model, facts.provider, facts, call, overrides);
	if (typeof computed === "string" && facts.servedModel !== null && facts.responseModel === null) {
		// The name asked for is a gateway's own: what it says it called has a price, and its prefix tells whose.
		const served = priceCall(facts.servedModel, null, facts, call, overrides);
		if (typeof served !== "string") computed = served;
	}
	if (typeof computed === "string") return unpriced(computed);
	const { factor, approximate } = tierFactor(facts.serviceTier, computed.provider);
	const tierNote = approximate ? `the price of service tier ${short(facts.serviceTier ?? "")} is approximate` : null;
	return {
		costUsd: roundUsd(computed.total * factor),
		costInput: roundUsd(computed.input * factor),
		costOutput: roundUsd(computed.output * factor),
		costSource: computed.source,
		priceVersion: computed.version,
		costNote:
			computed.note === null || tierNote === null ? (computed.note ?? tierNote) : `${computed.note}; ${tierNote}`,
	};
}

// No spread of NOTHING: V8 takes longer to copy an object than to make one, and half of all spans come by here.
function unpriced(costNote: string): Cost {
	return { costUsd: null, costInput: null, costOutput: null, costSource: null, priceVersion: null, costNote };
}

/** The counts that prices apply to, details within what they are a part of; text when they are not enough. */
function tokenCounts(usage: Usage | null, answers: boolean): TokenCounts | string {
	const input = usage?.input ?? (answers ? undefined : usage?.total);
	const output = usage?.output ?? (answers ? undefined : 0);
	if (!isAmount(input) && !isAmount(output)) return "no token counts";
	if (!isAmount(input)) return "no count of input tokens";
	if (!isAmount(output)) return "no count of output tokens";
	const cacheRead = part(usage?.cache_read, input);
	return {
		input,
		output,
		cache_read: cacheRead,
		cache_creation: part(usage?.cache_creation, input - (cacheRead ?? 0)),
		reasoning: part(usage?.reasoning, output),
		audio_input: part(usage?.audio_input, input),
		audio_output: part(usage?.audio_output, output),
	};
}

function priceCall(
	model: string,
	provider: string | null,
	facts: PricedFacts,
	call: Call,
	overrides: readonly PriceOverride[],
): Computed | string {
	const search = priceSearch(model, provider, facts.serverAddress);
	// Most projects have none: what they are compared with is not made then.
	if (overrides.length > 0) {
		const { names: models, providers, list } = search;
		const override = findOverride(overrides, { models, providers, at: momentOf(call) });
		if (override) return overridePrice(override, call.usage, list);
	}
	for (const question of search.questions) {
		const price = listPrice(question, call, facts.cacheCreation1h);
		if (price !== null) return price;
	}
	return search.failure;
}

const part = (count: number | undefined, whole: number) => (isAmount(count) ? Math.min(count, whole) : undefined);

function overridePrice(override: PriceOverride, usage: TokenCounts, provider: string | null): Computed {
	const read = usage.cache_read ?? 0;
	const written = usage.cache_creation ?? 0;
	const input =
		((usage.input - read - written) * override.inputPerMillion +
			read * (override.cacheReadPerMillion ?? override.inputPerMillion) +
			written * (override.cacheWritePerMillion ?? override.inputPerMillion)) /
		1e6;
	const output = (usage.output * override.outputPerMillion) / 1e6;
	return {
		total: input + output,
		input,
		output,
		source: "override",
		version: `override ${override.id}`,
		provider,
		note: null,
	};
}

function hasTokens(usage: Usage | null): boolean {
	return [usage?.input, usage?.output, usage?.total].some((count) => isAmount(count) && count > 0);
}
