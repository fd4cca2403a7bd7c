import type { PriceOptions } from "@pydantic/genai-prices";
import { findOverride } from "@/lib/pricing/find-override";
import { type Call, type Computed, isAmount, listPrice, short, type TokenCounts } from "@/lib/pricing/list-price";
import { priceModel } from "@/lib/pricing/price-model";
import type { PriceOverride } from "@/lib/pricing/price-override";
import { priceProvider } from "@/lib/pricing/price-provider";
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
export function priceSpan(facts: PricedFacts, overrides: readonly PriceOverride[] = [], now: Date = new Date()): Cost {
	const reported = isAmount(facts.reportedCostUsd) ? facts.reportedCostUsd : null;
	if (reported !== null && reported > 0) return reportedCost(reported);
	const computed = computeCost(facts, overrides, now);
	if (reported === 0 && (computed.costUsd === null || !hasTokens(facts.usage))) return reportedCost(0);
	return computed;
}

function reportedCost(costUsd: number): Cost {
	return { ...NOTHING, costUsd: round(costUsd), costSource: "reported" };
}

function computeCost(facts: PricedFacts, overrides: readonly PriceOverride[], now: Date): Cost {
	const kind = PRICED_KINDS[facts.kind];
	if (!kind) return NOTHING;
	const model = facts.responseModel ?? facts.requestModel ?? facts.routingAlias;
	if (model === null) return { ...NOTHING, costNote: "no model" };
	const usage = tokenCounts(facts.usage, kind.answers);
	if (typeof usage === "string") return { ...NOTHING, costNote: usage };
	const at = facts.startTimeUnixNano === null ? now : new Date(Number(facts.startTimeUnixNano / 1_000_000n));
	let computed = priceCall(facts, { model, usage, at }, overrides);
	if (typeof computed === "string" && facts.servedModel !== null && facts.responseModel === null) {
		// The name asked for is a gateway's own: what it says it called has a price, and its prefix tells whose.
		const served = priceCall({ ...facts, provider: null }, { model: facts.servedModel, usage, at }, overrides);
		if (typeof served !== "string") computed = served;
	}
	if (typeof computed === "string") return { ...NOTHING, costNote: computed };
	const { factor, approximate } = tierFactor(facts.serviceTier, computed.provider);
	const tierNote = approximate ? `the price of service tier ${short(facts.serviceTier ?? "")} is approximate` : null;
	return {
		costUsd: round(computed.total * factor),
		costInput: round(computed.input * factor),
		costOutput: round(computed.output * factor),
		costSource: computed.source,
		priceVersion: computed.version,
		costNote: [computed.note, tierNote].filter((note) => note !== null).join("; ") || null,
	};
}

/** The counts that prices apply to, details within what they are a part of; text when they are not enough. */
function tokenCounts(usage: Usage | null, answers: boolean): TokenCounts | string {
	const input = usage?.input ?? (answers ? undefined : usage?.total);
	const output = usage?.output ?? (answers ? undefined : 0);
	if (!isAmount(input) && !isAmount(output)) return "no token counts";
	if (!isAmount(input)) return "no count of input tokens";
	if (!isAmount(output)) return "no count of output tokens";
	const part = (count: number | undefined, whole: number) => (isAmount(count) ? Math.min(count, whole) : undefined);
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

function priceCall(facts: PricedFacts, call: Call, overrides: readonly PriceOverride[]): Computed | string {
	const { names, provider: named } = priceModel(call.model);
	const listed = facts.provider === null ? undefined : priceProvider(facts.provider);
	const provider = named === "aws" ? "aws" : listed;
	const override = findOverride(overrides, {
		models: names,
		providers: [facts.provider?.toLowerCase(), provider ?? named].filter((name) => name != null),
		at: call.at,
	});
	if (override) return overridePrice(override, call.usage, provider ?? named ?? null);
	const model = short(call.model);
	if (provider === null) return `provider ${short(facts.provider ?? "")} has no price list`;
	const attempts = whoseList(provider, facts.serverAddress, named);
	if (attempts.length === 0) {
		return facts.provider === null
			? `no provider known for model ${model}`
			: `provider ${short(facts.provider)} has no price list`;
	}
	for (const options of attempts) {
		for (const name of names) {
			const price = listPrice(name, options, call, facts.cacheCreation1h);
			if (price !== null) return price;
		}
	}
	return `no price for model ${model} of ${short(facts.provider ?? named ?? facts.serverAddress ?? "")}`;
}

/** How the list is asked: by its provider's id, else by the host that was called, else by the model's own prefix. */
function whoseList(provider: string | undefined, host: string | null, named: string | undefined): PriceOptions[] {
	if (provider !== undefined) return [{ providerId: provider }];
	return [
		...(host ? [{ providerApiUrl: host.includes("://") ? host : `https://${host}` }] : []),
		...(named === undefined ? [] : [{ providerId: named }]),
	];
}

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

// Sums of binary fractions otherwise show 0.00052000000000000001; costs of single tokens are around 1e-7.
function round(usd: number): number {
	return Number(usd.toFixed(12));
}
