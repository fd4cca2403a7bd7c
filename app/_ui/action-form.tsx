"use client";

import { createContext, type ReactNode, use, useEffect, useEffectEvent, useRef } from "react";
import type { ActionResult, FormAction } from "@/app/_ui/action-result";
import { useSubmission } from "@/app/_ui/use-submission";

interface FormState {
	result: ActionResult | null;
	pending: boolean;
}

const FormContext = createContext<FormState>({ result: null, pending: false });

/** How the surrounding form's last submission went; for fields and buttons inside an ActionForm. */
export function useFormState(): FormState {
	return use(FormContext);
}

interface Props {
	action: FormAction;
	/** Called after a submission succeeded, when the form is still there. */
	onDone?: () => void;
	className?: string;
	children: ReactNode;
	"aria-label"?: string;
}

/**
 * A form around a server action. Works without JavaScript; with it, a submission that was refused or found no server keeps
 * what was typed and moves the focus to the first field that is wrong.
 */
export function ActionForm({ action, onDone, className, children, ...aria }: Props) {
	const { result, pending, form: submission } = useSubmission<ActionResult>(action, unanswered);
	const form = useRef<HTMLFormElement>(null);
	const seen = useRef(result);
	const done = useEffectEvent(() => onDone?.());

	useEffect(() => {
		if (seen.current === result) return;
		seen.current = result;
		if (result?.ok) {
			form.current?.reset();
			done();
		} else form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
	}, [result]);

	return (
		<form ref={form} {...submission} className={className} noValidate {...aria}>
			<FormContext value={{ result, pending }}>{children}</FormContext>
		</form>
	);
}

function unanswered(message: string): ActionResult {
	return { ok: false, message };
}
