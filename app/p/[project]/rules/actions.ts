"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, actionResult } from "@/app/_ui/action-result";
import { parseRule } from "@/app/p/[project]/rules/parse-rule";
import { requirePerson } from "@/lib/auth/require-person";
import { createRule } from "@/lib/rules/create-rule";
import { deleteRule } from "@/lib/rules/delete-rule";
import { setRuleEnabled } from "@/lib/rules/set-rule-enabled";
import { updateRule } from "@/lib/rules/update-rule";

export async function createRuleAction(
	projectId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const { input, refusal } = parseRule(form);
	if (input === null) return refusal;
	return actionResult(async () => {
		const { id } = await createRule(projectId, input);
		showRule(projectId, id);
	});
}

export async function updateRuleAction(
	projectId: string,
	ruleId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const { input, refusal } = parseRule(form);
	if (input === null) return refusal;
	return actionResult(async () => {
		await updateRule(projectId, ruleId, input);
		showRule(projectId, ruleId);
	});
}

export async function setRuleEnabledAction(projectId: string, ruleId: string, enabled: boolean): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await setRuleEnabled(projectId, ruleId, enabled);
		revalidatePath(`/p/${projectId}/rules`, "layout");
	});
}

export async function deleteRuleAction(projectId: string, ruleId: string): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await deleteRule(projectId, ruleId);
		revalidatePath(`/p/${projectId}/rules`);
	});
}

function showRule(projectId: string, ruleId: string): never {
	revalidatePath(`/p/${projectId}/rules`, "layout");
	redirect(`/p/${projectId}/rules/${ruleId}`);
}
