import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isForeignKeyViolation } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import { forgetPriceOverrides } from "@/lib/pricing/list-price-overrides";
import type { PriceOverride, PriceOverrideInput } from "@/lib/pricing/price-override";

/** Gives a project its own price of some models. It counts for spans stored from now on; stored ones keep their cost. */
export async function createPriceOverride(projectId: string, input: PriceOverrideInput): Promise<PriceOverride> {
	try {
		return await withDatabase(() => db().priceOverride.create({ data: { ...input, projectId } }));
	} catch (error) {
		if (isForeignKeyViolation(error)) throw notFound("Project");
		throw error;
	} finally {
		forgetPriceOverrides();
	}
}
