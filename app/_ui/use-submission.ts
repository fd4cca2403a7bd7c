import { type FormEvent, startTransition, useActionState } from "react";
import { actionTrouble } from "@/app/_ui/action-trouble";

interface Submission<Result> {
	result: Result | null;
	pending: boolean;
	/** For the `<form>`. */
	form: {
		action: (data: FormData) => void;
		onSubmit: (event: FormEvent<HTMLFormElement>) => void;
	};
}

/**
 * Submits a form to a server action, once at a time. Without JavaScript the browser posts it to the bare action; with it, a
 * server that cannot be reached is a result like any other, made by `failed`, and what was typed stays.
 */
export function useSubmission<Result>(
	action: (previous: Awaited<Result> | null, data: FormData) => Promise<Result>,
	failed: (message: string) => Awaited<Result>,
): Submission<Awaited<Result>> {
	const [posted, post] = useActionState<Result | null, FormData>(action, null);
	const [result, submit, pending] = useActionState<Result | null, FormData>(async (previous, data) => {
		try {
			return await action(previous, data);
		} catch (error) {
			return failed(actionTrouble(error));
		}
	}, posted);

	// React resets a form after its action, also after a refusal: dispatching by hand keeps the typed values.
	function onSubmit(event: FormEvent<HTMLFormElement>) {
		event.preventDefault();
		if (pending) return;
		const data = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
		startTransition(() => submit(data));
	}

	return { result, pending, form: { action: post, onSubmit } };
}
