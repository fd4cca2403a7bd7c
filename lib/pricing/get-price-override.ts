import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import type { PriceOverride } from "@/lib/pricing/price-override";

/** A project's price override; another project's is `not_found`. */
export async function getPriceOverride(projectId: string, overrideId: string): Promise<PriceOverride> {
	const override = isUuid(overrideId)
		? await withDatabase(() => db().priceOverride.findFirst({ where: { id: overrideId, projectId } }))
		: null;
	if (!override) throw notFound("Price override");
	return override;
}
