import { ActionForm } from "@/app/_ui/action-form";
import { FormMessage } from "@/app/_ui/form-message";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { createProjectAction } from "@/app/(projects)/actions";

export function CreateProjectForm() {
	return (
		<ActionForm
			action={createProjectAction}
			aria-label="New project"
			className="flex w-full max-w-md flex-col gap-2 text-left"
		>
			<div className="flex items-start gap-2">
				<TextField name="name" label="Project name" placeholder="support-bot" maxLength={200} className="flex-1" />
				<SubmitButton className="mt-6">Create project</SubmitButton>
			</div>
			<FormMessage />
		</ActionForm>
	);
}
