interface Tier {
	factor: number;
	/** Where a provider's factor differs. */
	factors?: Record<string, number>;
	/** The factor differs by model, so the cost is near, not exact. */
	approximate?: true;
}

const STANDARD: Tier = { factor: 1 };

// Half the price is what OpenAI, Azure, Anthropic, Google and Bedrock publish for batch and flex; Groq's flex costs the
// standard price (console.groq.com/docs/flex-processing). OpenAI's priority prices are 1.7 to 2 times the standard ones.
const TIERS: Record<string, Tier> = {
	default: STANDARD,
	standard: STANDARD,
	standard_only: STANDARD,
	on_demand: STANDARD,
	auto: STANDARD,
	batch: { factor: 0.5 },
	flex: { factor: 0.5, factors: { groq: 1 } },
	priority: { factor: 1, factors: { openai: 2, azure: 2 }, approximate: true },
};

/**
 * What a service tier does to the standard price at a price list's provider. A tier that is not known counts as standard
 * and is approximate, as is one whose factor differs by model.
 */
export function tierFactor(tier: string | null, provider: string | null): { factor: number; approximate: boolean } {
	const name =
		tier
			?.trim()
			.toLowerCase()
			.replace(/^service_?tier[._-]/, "") ?? "";
	if (name === "") return { factor: 1, approximate: false };
	const known = Object.hasOwn(TIERS, name) ? TIERS[name] : undefined;
	if (!known) return { factor: 1, approximate: true };
	return {
		factor: (provider === null ? undefined : known.factors?.[provider]) ?? known.factor,
		approximate: known.approximate === true,
	};
}
