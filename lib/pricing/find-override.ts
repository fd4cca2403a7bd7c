import { fitsModelPattern } from "@/lib/pricing/model-pattern";
import type { PriceOverride } from "@/lib/pricing/price-override";

interface Sought {
	/** Names of the model; one that fits is enough. */
	models: readonly string[];
	/** Names of the provider; an override for another one does not count. */
	providers: readonly string[];
	at: Date;
}

/**
 * The price that a project gave a model: of the overrides that fit, the one that took effect last before the span began;
 * of those that took effect together, the one made last. Null when none fits.
 */
export function findOverride(
	overrides: readonly PriceOverride[],
	{ models, providers, at }: Sought,
): PriceOverride | null {
	let best: PriceOverride | null = null;
	for (const override of overrides) {
		if (override.effectiveFrom > at) continue;
		const provider = override.provider?.toLowerCase();
		if (provider !== undefined && !providers.includes(provider)) continue;
		if (!models.some((model) => fitsModelPattern(override.modelPattern, model))) continue;
		if (best === null || isLater(override, best)) best = override;
	}
	return best;
}

function isLater(a: PriceOverride, b: PriceOverride): boolean {
	const difference =
		a.effectiveFrom.getTime() - b.effectiveFrom.getTime() || a.createdAt.getTime() - b.createdAt.getTime();
	// Ids of version 7 grow with time: they tell two of one millisecond apart.
	return difference === 0 ? a.id > b.id : difference > 0;
}
