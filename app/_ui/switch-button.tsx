"use client";

import { useFormState } from "@/app/_ui/action-form";
import { classNames } from "@/app/_ui/class-names";

/** Submits the surrounding ActionForm, which flips the state it shows. */
export function SwitchButton({ on, label }: { on: boolean; label: string }) {
	const { pending } = useFormState();
	const shown = pending ? !on : on;
	return (
		<button
			type="submit"
			role="switch"
			aria-checked={on}
			aria-label={label}
			aria-busy={pending}
			className={classNames(
				"relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border transition-colors",
				shown ? "border-accent bg-accent" : "border-field-line bg-sunken",
			)}
		>
			<span
				className={classNames(
					"size-3.5 rounded-full transition-transform",
					shown ? "translate-x-[1.125rem] bg-on-accent" : "translate-x-0.5 bg-field-line",
				)}
			/>
		</button>
	);
}
