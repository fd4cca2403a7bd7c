"use client";

import { Dialog } from "@base-ui/react/dialog";
import { type ReactNode, useState } from "react";
import { ActionForm } from "@/app/_ui/action-form";
import type { FormAction } from "@/app/_ui/action-result";
import { type ButtonStyle, buttonClass } from "@/app/_ui/button";
import { dialogBackdrop, dialogPopup, dialogTitle } from "@/app/_ui/dialog-style";
import { FormMessage } from "@/app/_ui/form-message";
import { SubmitButton } from "@/app/_ui/submit-button";

interface Props extends ButtonStyle {
	/** What the button shows. */
	trigger: ReactNode;
	label?: string;
	title: string;
	submit: string;
	action: FormAction;
	/** The fields. */
	children: ReactNode;
}

/** A button that opens a short form; closes once the action succeeded. */
export function FormDialog({ trigger, label, title, submit, action, variant, size, children }: Props) {
	const [open, setOpen] = useState(false);
	return (
		<Dialog.Root open={open} onOpenChange={setOpen}>
			<Dialog.Trigger aria-label={label} title={label} className={buttonClass({ variant, size })}>
				{trigger}
			</Dialog.Trigger>
			<Dialog.Portal>
				<Dialog.Backdrop className={dialogBackdrop} />
				<Dialog.Popup className={dialogPopup}>
					<Dialog.Title className={dialogTitle}>{title}</Dialog.Title>
					<ActionForm action={action} onDone={() => setOpen(false)} className="flex flex-col gap-4">
						{children}
						<FormMessage />
						<div className="flex justify-end gap-2">
							<Dialog.Close className={buttonClass()}>Cancel</Dialog.Close>
							<SubmitButton>{submit}</SubmitButton>
						</div>
					</ActionForm>
				</Dialog.Popup>
			</Dialog.Portal>
		</Dialog.Root>
	);
}
