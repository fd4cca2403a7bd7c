"use server";

import { revalidatePath } from "next/cache";
import { type ActionResult, actionResult, invalidForm } from "@/app/_ui/action-result";
import type { NewSecret } from "@/app/p/[project]/triggers/trigger-form";
import { requirePerson } from "@/lib/auth/require-person";
import { createTrigger } from "@/lib/triggers/create-trigger";
import { deleteTrigger } from "@/lib/triggers/delete-trigger";
import { TriggerInput } from "@/lib/triggers/trigger";

/** The secret goes to the browser once, in this answer. */
export async function createTriggerAction(projectId: string, form: FormData): Promise<NewSecret> {
	await requirePerson();
	const input = TriggerInput.safeParse({ name: form.get("name") });
	if (!input.success) return { result: invalidForm(input.error), secret: null };
	let secret: string | null = null;
	const result = await actionResult(async () => {
		secret = (await createTrigger(projectId, input.data)).secret.reveal();
		revalidatePath(`/p/${projectId}/triggers`);
	});
	return { result, secret };
}

export async function deleteTriggerAction(projectId: string, triggerId: string): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await deleteTrigger(projectId, triggerId);
		revalidatePath(`/p/${projectId}/triggers`);
	});
}
