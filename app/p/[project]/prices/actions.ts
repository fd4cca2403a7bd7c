"use server";

import { revalidatePath } from "next/cache";
import { type ActionResult, actionResult, invalidForm } from "@/app/_ui/action-result";
import { parsePriceOverride } from "@/app/p/[project]/prices/parse-price-override";
import type { RepriceOutcome, RepriceRange } from "@/app/p/[project]/prices/reprice-form";
import { requirePerson } from "@/lib/auth/require-person";
import { repriceSpans } from "@/lib/ingest/reprice-spans";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { deletePriceOverride } from "@/lib/pricing/delete-price-override";
import { RepriceRequest } from "@/lib/pricing/reprice-request";
import { updatePriceOverride } from "@/lib/pricing/update-price-override";

/** What the forms call what the API asks for. */
const WORDS = { "an instant such as 2026-01-31T00:00:00Z": "a date", "before to": "before the end" };

export async function createPriceOverrideAction(
	projectId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = parsePriceOverride(form);
	if (!input.success) return invalidForm(input.error, WORDS);
	return actionResult(async () => {
		await createPriceOverride(projectId, input.data);
		revalidatePath(`/p/${projectId}/prices`);
	});
}

export async function updatePriceOverrideAction(
	projectId: string,
	overrideId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = parsePriceOverride(form);
	if (!input.success) return invalidForm(input.error, WORDS);
	return actionResult(async () => {
		await updatePriceOverride(projectId, overrideId, input.data);
		revalidatePath(`/p/${projectId}/prices`);
	});
}

export async function deletePriceOverrideAction(projectId: string, overrideId: string): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await deletePriceOverride(projectId, overrideId);
		revalidatePath(`/p/${projectId}/prices`);
	});
}

/** One bounded piece of work on a range; `next` says where another call goes on. */
export async function repriceAction(projectId: string, range: RepriceRange): Promise<RepriceOutcome> {
	await requirePerson();
	const nothing = { examined: 0, changed: 0, next: null };
	const input = RepriceRequest.safeParse(range);
	if (!input.success) return { ...nothing, result: invalidForm(input.error, WORDS) };
	const { from, to, cursor } = input.data;
	let work: Omit<RepriceOutcome, "result"> = nothing;
	const result = await actionResult(async () => {
		const { next, ...counts } = await repriceSpans({ projectId, from, to, after: cursor });
		work = { ...counts, next: next && `${next.traceId}.${next.spanId}` };
		if (next === null) revalidatePath(`/p/${projectId}`, "layout");
	});
	return { ...work, result };
}
