"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, useState } from "react";
import { ActionForm } from "@/app/_ui/action-form";
import type { FormAction } from "@/app/_ui/action-result";
import { type ButtonStyle, buttonClass } from "@/app/_ui/button";
import { dialogBackdrop, dialogPopup, dialogText, dialogTitle } from "@/app/_ui/dialog-style";
import { FormMessage } from "@/app/_ui/form-message";
import { SubmitButton } from "@/app/_ui/submit-button";

interface Props extends ButtonStyle {
	/** What the button shows. */
	children: ReactNode;
	label?: string;
	title: string;
	text: ReactNode;
	confirm: string;
	action: FormAction;
}

/** A button whose action cannot be undone: asks first, and stays open to tell why the action was refused. */
export function ConfirmButton({ children, label, title, text, confirm, action, variant, size }: Props) {
	const [open, setOpen] = useState(false);
	return (
		<AlertDialog.Root open={open} onOpenChange={setOpen}>
			<AlertDialog.Trigger aria-label={label} title={label} className={buttonClass({ variant, size })}>
				{children}
			</AlertDialog.Trigger>
			<AlertDialog.Portal>
				<AlertDialog.Backdrop className={dialogBackdrop} />
				<AlertDialog.Popup className={dialogPopup}>
					<div className="flex flex-col gap-1.5">
						<AlertDialog.Title className={dialogTitle}>{title}</AlertDialog.Title>
						<AlertDialog.Description className={dialogText}>{text}</AlertDialog.Description>
					</div>
					<ActionForm action={action} onDone={() => setOpen(false)} className="flex flex-col gap-3">
						<FormMessage />
						<div className="flex justify-end gap-2">
							<AlertDialog.Close className={buttonClass()}>Cancel</AlertDialog.Close>
							<SubmitButton variant="danger">{confirm}</SubmitButton>
						</div>
					</ActionForm>
				</AlertDialog.Popup>
			</AlertDialog.Portal>
		</AlertDialog.Root>
	);
}
