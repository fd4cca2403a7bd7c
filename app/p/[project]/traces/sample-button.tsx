"use client";

import { Send } from "lucide-react";
import { ActionForm } from "@/app/_ui/action-form";
import type { FormAction } from "@/app/_ui/action-result";
import { FormMessage } from "@/app/_ui/form-message";
import { SubmitButton } from "@/app/_ui/submit-button";

/** Sends a trace without any program of the reader's. */
export function SampleButton({ action }: { action: FormAction }) {
	return (
		<ActionForm action={action} className="flex flex-col items-center gap-2">
			<SubmitButton>
				<Send aria-hidden className="size-3.5" />
				Send a sample trace
			</SubmitButton>
			<FormMessage />
		</ActionForm>
	);
}
