"use client";

import { useState } from "react";
import { ActionForm } from "@/app/_ui/action-form";
import type { ActionResult } from "@/app/_ui/action-result";
import { CodeBlock } from "@/app/_ui/code-block";
import { FormMessage } from "@/app/_ui/form-message";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { traceCommand } from "@/app/p/[project]/triggers/example-command";

export interface NewSecret {
	result: ActionResult;
	/** Null when none was made. */
	secret: string | null;
}

interface Props {
	action: (form: FormData) => Promise<NewSecret>;
	origin: string;
	projectId: string;
}

/** Makes a trigger and shows its secret, once, with a command that uses it. */
export function TriggerForm({ action, origin, projectId }: Props) {
	const [secret, setSecret] = useState<string | null>(null);

	async function create(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
		const made = await action(form);
		// One that was made before stays: it is not shown again.
		if (made.secret !== null) setSecret(made.secret);
		return made.result;
	}

	return (
		<div className="flex max-w-3xl flex-col gap-4">
			<ActionForm action={create} aria-label="New trigger" className="flex flex-col gap-3">
				<div className="flex flex-wrap items-end gap-3">
					<TextField
						name="name"
						label="Name"
						maxLength={200}
						placeholder="CI of the shop"
						className="w-72 max-w-full"
					/>
					<SubmitButton>Create trigger</SubmitButton>
				</div>
				<FormMessage />
			</ActionForm>
			<div role="status" className="flex flex-col gap-3 empty:hidden">
				{secret !== null && (
					<>
						<p className="text-sm font-medium text-ink">Copy the secret now: it is not shown again.</p>
						<CodeBlock key={secret} title="Secret" text={secret} />
						<CodeBlock
							key={`command ${secret}`}
							title="Judge one trace"
							text={traceCommand({ origin, projectId, secret })}
						/>
					</>
				)}
			</div>
		</div>
	);
}
