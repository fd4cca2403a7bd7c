import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { forgetPriceOverrides } from "@/lib/pricing/list-price-overrides";

/** Deletes a project's price override; stored spans keep their cost. Another project's is `not_found`. */
export async function deletePriceOverride(projectId: string, overrideId: string): Promise<void> {
	if (!isUuid(overrideId)) throw notFound("Price override");
	try {
		await withDatabase(() => db().priceOverride.delete({ where: { id: overrideId, projectId } }));
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Price override");
		throw error;
	} finally {
		forgetPriceOverrides();
	}
}
