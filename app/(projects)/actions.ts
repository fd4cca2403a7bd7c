"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, actionResult, invalidForm } from "@/app/_ui/action-result";
import { requirePerson } from "@/lib/auth/require-person";
import { createProject } from "@/lib/projects/create-project";
import { deleteProject } from "@/lib/projects/delete-project";
import { ProjectInput } from "@/lib/projects/project";
import { renameProject } from "@/lib/projects/rename-project";

export async function createProjectAction(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
	await requirePerson();
	const input = parse(form);
	if (!input.success) return invalidForm(input.error);
	return actionResult(async () => {
		const project = await createProject(input.data);
		revalidatePath("/", "layout");
		redirect(`/p/${project.id}/traces`);
	});
}

export async function renameProjectAction(
	id: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = parse(form);
	if (!input.success) return invalidForm(input.error);
	return actionResult(async () => {
		await renameProject(id, input.data);
		revalidatePath("/", "layout");
	});
}

export async function deleteProjectAction(id: string): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await deleteProject(id);
		revalidatePath("/", "layout");
	});
}

function parse(form: FormData) {
	return ProjectInput.safeParse({ name: form.get("name") });
}
