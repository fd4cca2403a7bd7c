import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { forgetPriceOverrides } from "@/lib/pricing/list-price-overrides";
import type { PriceOverride, PriceOverrideInput } from "@/lib/pricing/price-override";

/** Replaces a project's price override; stored spans keep their cost. Another project's is `not_found`. */
export async function updatePriceOverride(
	projectId: string,
	overrideId: string,
	input: PriceOverrideInput,
): Promise<PriceOverride> {
	if (!isUuid(overrideId)) throw notFound("Price override");
	try {
		return await withDatabase(() => db().priceOverride.update({ where: { id: overrideId, projectId }, data: input }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Price override");
		throw error;
	} finally {
		forgetPriceOverrides();
	}
}
