import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { jsonValue } from "@/lib/db/json-value";
import { isUniqueViolation } from "@/lib/db/prisma-errors";
import { invalidInput } from "@/lib/errors";
import type { BackfillProgress } from "@/lib/evaluations/backfill";
import { getBackfill } from "@/lib/evaluations/get-backfill";
import type { FilterTree } from "@/lib/filter/filter";
import { getRule } from "@/lib/rules/get-rule";

export interface BackfillWish {
	projectId: string;
	/** Null: every enabled rule. */
	ruleId: string | null;
	/** Null: every trace of the window. */
	traceId: string | null;
	/** Narrows the rule's own filter. */
	filter: FilterTree | null;
	from: Date;
	to: Date;
	anew: boolean;
	/** Names the request: asked twice, the first backfill is the answer. */
	requestId?: string;
}

/** Notes the wish to judge what is stored. Another project's rule is `not_found`, an empty window `invalid_input`. */
export async function createBackfill(wish: BackfillWish): Promise<BackfillProgress> {
	const { filter, requestId, ...rest } = wish;
	if (wish.from >= wish.to) throw invalidInput("from: must be before to");
	if (wish.ruleId) await getRule(wish.projectId, wish.ruleId);
	const data = { ...rest, ...(filter && { filter: jsonValue(filter) }), requestId: requestId ?? null };
	try {
		const { id } = await withDatabase(() => db().backfill.create({ data, select: { id: true } }));
		return await getBackfill(wish.projectId, id);
	} catch (error) {
		if (!requestId || !isUniqueViolation(error)) throw error;
		const same = await withDatabase(() => db().backfill.findUniqueOrThrow({ where: { requestId } }));
		return getBackfill(wish.projectId, same.id);
	}
}
