"use client";

import {
	createContext,
	type FormEvent,
	type ReactNode,
	startTransition,
	use,
	useActionState,
	useEffect,
	useEffectEvent,
	useRef,
} from "react";
import type { ActionResult, FormAction } from "@/app/_ui/action-result";

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
 * A form around a server action. Works without JavaScript; with it, a refused submission keeps what was typed and moves
 * the focus to the first field that is wrong.
 */
export function ActionForm({ action, onDone, className, children, ...aria }: Props) {
	const [result, submit, pending] = useActionState(action, null);
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

	// React resets a form after its action, also after a refusal: dispatching by hand keeps the typed values.
	function onSubmit(event: FormEvent<HTMLFormElement>) {
		event.preventDefault();
		if (pending) return;
		const data = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
		startTransition(() => submit(data));
	}

	return (
		<form ref={form} action={submit} onSubmit={onSubmit} className={className} noValidate {...aria}>
			<FormContext value={{ result, pending }}>{children}</FormContext>
		</form>
	);
}
