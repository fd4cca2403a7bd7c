"use server";

import { revalidatePath } from "next/cache";
import { type ActionResult, actionResult } from "@/app/_ui/action-result";
import { parseBackfill } from "@/app/p/[project]/rules/[ruleId]/parse-backfill";
import { publishBackfillRequested } from "@/inngest/publish";
import { requirePerson } from "@/lib/auth/require-person";
import { cancelBackfill } from "@/lib/evaluations/cancel-backfill";
import { createBackfill } from "@/lib/evaluations/create-backfill";

export async function createBackfillAction(
	projectId: string,
	ruleId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const { wish, refusal } = parseBackfill(form);
	if (wish === null) return refusal;
	return actionResult(async () => {
		const { id } = await createBackfill({ projectId, ruleId, traceId: null, filter: null, ...wish });
		await publishBackfillRequested(id);
		revalidatePath(`/p/${projectId}/rules/${ruleId}`);
	});
}

export async function cancelBackfillAction(
	projectId: string,
	ruleId: string,
	backfillId: string,
): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await cancelBackfill(projectId, backfillId);
		revalidatePath(`/p/${projectId}/rules/${ruleId}`);
	});
}
