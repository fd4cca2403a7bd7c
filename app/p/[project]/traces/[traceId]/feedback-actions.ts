"use server";

import { refresh } from "next/cache";
import { type ActionResult, actionResult, invalidForm } from "@/app/_ui/action-result";
import { openHolder } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { requirePerson } from "@/lib/auth/require-person";
import { deleteFeedback } from "@/lib/feedback/delete-feedback";
import { FeedbackInput } from "@/lib/feedback/feedback";
import { giveFeedback } from "@/lib/feedback/give-feedback";

/** Whose feedback: a trace, or with a span id one of its spans. */
export interface FeedbackPlace {
	segment: string;
	traceId: string;
	spanId: string | null;
}

/** Keeps the thumb or the note of the form. */
export async function giveFeedbackAction(
	{ segment, traceId, spanId }: FeedbackPlace,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = FeedbackInput.safeParse({ spanId, thumb: form.get("thumb"), note: form.get("note"), author: null });
	if (!input.success) return invalidForm(input.error);
	return actionResult(async () => {
		await giveFeedback(await openHolder(segment, traceId), input.data);
		refresh();
	});
}

/** Takes a thumb or a note back. */
export async function deleteFeedbackAction(
	{ segment, traceId }: FeedbackPlace,
	feedbackId: string,
	_previous: ActionResult | null,
	_form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await deleteFeedback(await openHolder(segment, traceId), feedbackId);
		refresh();
	});
}
