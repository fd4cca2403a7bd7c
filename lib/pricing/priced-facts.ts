import type { PricedFacts } from "@/lib/pricing/price-span";
import { anyValueText } from "@/lib/span/any-value";
import type { ReportedSpan } from "@/lib/span/span";

/** Attributes that tell which host was called, in order. */
const ADDRESS_KEYS = ["server.address", "gen_ai.openai.api_base"];

/** What the cost of a span depends on: what it means, whom it called and when it began. */
export function pricedFacts(
	span: ReportedSpan,
	derived: Omit<PricedFacts, "serverAddress" | "startTimeUnixNano">,
): PricedFacts {
	return {
		kind: derived.kind,
		provider: derived.provider,
		requestModel: derived.requestModel,
		responseModel: derived.responseModel,
		servedModel: derived.servedModel,
		routingAlias: derived.routingAlias,
		usage: derived.usage,
		cacheCreation1h: derived.cacheCreation1h,
		reportedCostUsd: derived.reportedCostUsd,
		serviceTier: derived.serviceTier,
		serverAddress: serverAddress(span),
		startTimeUnixNano: span.startTimeUnixNano,
	};
}

// A resource's server.address would be the sender's own, so only the span's attributes count.
function serverAddress({ attributes }: ReportedSpan): string | null {
	for (const key of ADDRESS_KEYS) {
		const value = attributes.get(key);
		const text = value === undefined ? "" : anyValueText(value).trim();
		if (text !== "") return text;
	}
	return null;
}
