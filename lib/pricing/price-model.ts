import { priceProvider } from "@/lib/pricing/price-provider";

/** Paths that say where a model is kept, not which it is. */
const PATHS = /^(?:models\/|publishers\/[^/]+\/models\/|accounts\/[^/]+\/models\/|arn:aws[^/]*\/)/i;
/** `openai/gpt-4o`, `openai:gpt-4o`, `bedrock/converse/us.anthropic.claude-…`. */
const PREFIX = /^([a-z0-9._-]+)[/:](?=.)/i;
/** How Bedrock names models: a region, or none, and the vendor. */
const BEDROCK_ID =
	/^(?:(?:us|eu|apac|ap|jp|au|ca|sa|us-gov|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|stability|writer|qwen|openai)\./i;

interface PriceModel {
	/** Names to look for, the sender's own first: some price lists keep the prefix. */
	names: string[];
	/** Whose price list the name itself tells; undefined when it tells none. */
	provider: string | undefined;
}

/** The names under which a price list may know a model, and whose list that is when the name says so. */
export function priceModel(model: string): PriceModel {
	const whole = model.trim();
	let bare = whole.replace(PATHS, "");
	let named: string | undefined;
	for (;;) {
		const prefix = PREFIX.exec(bare);
		const provider = prefix?.[1] === undefined ? undefined : priceProvider(prefix[1]);
		if (!prefix || (provider === undefined && prefix[1]?.toLowerCase() !== "converse")) break;
		named ??= provider ?? undefined;
		bare = bare.slice(prefix[0].length).replace(PATHS, "");
	}
	return {
		names: bare === whole ? [whole] : [whole, bare],
		provider: BEDROCK_ID.test(bare) ? "aws" : named,
	};
}
