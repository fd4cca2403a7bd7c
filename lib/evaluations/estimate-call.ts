import type { OpenConnection } from "@/lib/connections/open-connection";
import { providerOfHost, providerOfModel } from "@/lib/genai/provider";
import { listOverridesOf } from "@/lib/pricing/list-price-overrides";
import { priceSpan } from "@/lib/pricing/price-span";

/** What a call of that many tokens costs, by the price list and the project's own prices: US dollars, null without a price. */
export async function estimateCall(
	projectId: string,
	{ model, baseUrl }: Pick<OpenConnection, "model" | "baseUrl">,
	{ promptTokens, answerTokens }: { promptTokens: number; answerTokens: number },
): Promise<number | null> {
	const overrides = await listOverridesOf([projectId]);
	const serverAddress = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : null;
	const provider = (serverAddress && providerOfHost(serverAddress)) ?? providerOfModel(model);
	const facts = {
		kind: "llm" as const,
		provider,
		requestModel: model,
		responseModel: null,
		servedModel: null,
		routingAlias: null,
		cacheCreation1h: null,
		reportedCostUsd: null,
		serviceTier: null,
		usage: { input: Math.ceil(promptTokens), output: answerTokens },
		serverAddress,
		startTimeUnixNano: null,
	};
	return priceSpan(facts, overrides.get(projectId)).costUsd;
}
